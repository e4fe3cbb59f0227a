/*
 * The lesson as text.
 */
#include "text.h"

#include "synthetic.h"
#include "told.h"

#include <time.h>

static char *tell(Told told, Language language)
{
    About *about = about_new(told.history);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(text_tell(out, told.history, told.beats, about, language), 0);
    assert_int_equal(fclose(out), 0);
    about_free(about);
    told_free(&told);
    return text;
}

static char *text_of(const char *trace, Language language)
{
    return tell(told_of(trace), language);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("there is no\n%s\nin\n%s", part, text);
}

static void each_beat_tells_who_runs_who_is_ready_who_waits_and_what_was_printed(void **state)
{
    char *text = text_of("11_task_ex1", LANG_EN);
    assert_has(text,
               "Beat 10, 0.000 s, iteration 2\n"
               "  Task-2 was at the head of the ready queue: it runs for the first time, and only now does "
               "its body begin. "
               "Task-2 prints “1”. Now it is at line 5.\n"
               "  Running: Task-2, line 5\n"
               "  Ready: Task-3 (new task → first run)\n"
               "  Waiting: main for Task-2\n"
               "  Output: 1\n");
    free(text);
    text = text_of("11_task_ex1", LANG_ZH);
    assert_has(text, "  就绪：空\n  等待：main 等 Task-2；Task-2 等 sleep(2)，还有 2.000 s\n  输出：1\n");
    free(text);
}

static void a_wait_says_how_many_are_missing(void **state)
{
    char *text = text_of("03b_download_async", LANG_EN);
    assert_has(text, "Waiting: main for wait, 3 to go\n");
    assert_has(text, "Waiting: main for wait, 1 to go\n");
    free(text);
}

static void a_wait_for_the_first_says_that_one_is_enough(void **state)
{
    char *text = text_of("asyncio_waits", LANG_EN);
    assert_has(text, "  main suspends at wait: one of A, B and C is enough. ");
    assert_has(text, "Waiting: main for wait, one is enough; B for sleep(2)");
    free(text);
    text = text_of("asyncio_waits", LANG_ZH);
    assert_has(text, "  main 在 wait 挂起：A、B、C 里有一个结束就够了。");
    assert_has(text, "等待：main 等 wait，一个就够；B 等 sleep(2)");
    free(text);
}

/* The callback that tells a wait has its turn later than the end that it tells of. */
static void a_wait_that_has_what_it_needs_and_was_not_told_says_so(void **state)
{
    char *text = text_of("asyncio_waits", LANG_EN);
    assert_has(text, "Waiting: main for wait, one has ended; B for sleep(2), 1.000 s left;");
    free(text);
    text = text_of("asyncio_gather", LANG_ZH);
    assert_has(text, "等待：main 等 gather，都结束了\n");
    free(text);
    text = text_of("asyncio_gather", LANG_EN);
    assert_has(text, "Waiting: main for gather, all have ended\n");
    assert_null(strstr(text, "0 to go"));
    free(text);
}

/* A gather is over at the first exception too, unless it returns exceptions. */
static void a_wait_that_one_failure_ends_says_so_until_there_is_one(void **state)
{
    char *text = text_of("asyncio_waits", LANG_EN);
    assert_has(text, "  main suspends at wait, until D, bad and E have all ended or one of them fails. ");
    assert_has(text, "Waiting: main for wait, 2 to go, or a failure; bad for sleep(2)");
    assert_has(text, "Waiting: main for wait, one has failed; E for sleep(3)");
    assert_has(text, "Waiting: main for gather, 3 to go, or a failure\n");
    assert_has(text, "Waiting: main for gather, one has failed; G for sleep(3)");
    assert_has(text, "Waiting: main for gather, 2 to go; G for sleep(3)");
    free(text);
    text = text_of("asyncio_waits", LANG_ZH);
    assert_has(text, "  main 在 wait 挂起：等 D、bad、E 都结束，或者其中一个出错。");
    assert_has(text, "等待：main 等 wait，还差 2，或一个出错；bad 等 sleep(2)");
    assert_has(text, "等待：main 等 wait，有一个出错了；E 等 sleep(3)");
    free(text);
}

/* Of three that are waited for anew, one has ended: no sentence says that one is still needed. */
static void a_wait_for_what_has_happened_already_promises_nothing(void **state)
{
    char *text = text_of("asyncio_waits", LANG_EN);
    assert_has(text, "  main suspends at wait and gives the thread back to the loop. ");
    const char *first = strstr(text, "is enough. ");
    assert_null(strstr(first + 1, "is enough. "));
    const char *exception = strstr(text, "one of them fails. ");
    assert_null(strstr(exception + 1, "one of them fails. "));
    free(text);
}

/* A timer that is in nobody's line has one of its own: of call_later, of timeout. */
static void a_timer_that_nobody_waits_for_is_told(void **state)
{
    char *text = text_of("asyncio_timeouts", LANG_EN);
    assert_has(text, "  Waiting: main for sleep(5), 5.000 s left; limit of main, 1.000 s left\n");
    free(text);
    text = text_of("asyncio_timeouts", LANG_ZH);
    assert_has(text, "  等待：main 等 sleep(5)，还有 5.000 s；main 的限时，还有 1.000 s\n");
    free(text);
    text = tell(told_from("\"ev\":\"loop\",\"op\":\"new\"\n"
                          "\"ev\":\"timer\",\"handle\":\"h1\",\"when\":2000000000,\"callback\":\"five\"\n"
                          "\"ev\":\"timer\",\"handle\":\"h2\",\"when\":1000000000,\"callback\":\"three\"\n"
                          "\"ev\":\"mark\",\"name\":\"both\"\n"
                          "\"ev\":\"handle_cancel\",\"handle\":\"h1\"\n"
                          "\"ev\":\"mark\",\"name\":\"one\"\n"
                          "\"ev\":\"loop\",\"op\":\"close\"\n"
                          "\"ev\":\"mark\",\"name\":\"none\"\n"),
                LANG_EN);
    assert_has(text, "  Waiting: a timer for three, 1.000 s left; a timer for five, 2.000 s left\n");
    assert_has(text, "this moment: one.\n  Waiting: a timer for three, 1.000 s left\n");
    assert_has(text, "this moment: none.\n\n");
    free(text);
}

static void no_markup_is_left(void **state)
{
    for (int language = 0; language < LANGUAGES; language++) {
        char *text = text_of("15_future_ex2", (Language)language);
        assert_null(strstr(text, "**"));
        assert_null(strchr(text, '`'));
        free(text);
    }
}

static void it_ends_with_how_the_program_ended(void **state)
{
    char *text = text_of("07_quick_start", LANG_EN);
    assert_has(text, "\nEnd: The program has ended.\n");
    assert_string_equal(strstr(text, "\nEnd:"), "\nEnd: The program has ended.\n");
    free(text);
    text = text_of("14a_future_ex1_hang", LANG_ZH);
    assert_has(text, "\n结尾：程序卡住了，只能就此结束。\n");
    free(text);
}

static void everything_that_was_printed_is_there_in_order(void **state)
{
    static const char *const printed[] = {
        "  Output: main开始\n", "  Output: main结束\n",     "  Output: 1\n", "  Output: 1\n", "  Output: 2\n",
        "  Output: 2\n",        "  Output: 返回值 返回值\n"};
    char *text = text_of("11_task_ex1", LANG_EN);
    const char *at = text;
    for (size_t k = 0; k < sizeof printed / sizeof *printed; k++) {
        at = strstr(at, printed[k]);
        assert_non_null(at);
        at++;
    }
    free(text);
}

static void a_program_without_a_loop_has_no_queue(void **state)
{
    char *text = text_of("01_func1_func2_sync", LANG_EN);
    assert_null(strstr(text, "Ready"));
    assert_null(strstr(text, "iteration"));
    assert_has(text, "  Output: 4\n");
    free(text);
}

/** The number before " more" in a line, or how many the line names. */
static size_t listed(const char *line)
{
    size_t length = strcspn(line, "\n"), names = 1;
    const char *more = strstr(line, " more\n");
    if (more && more < line + length) {
        while (more[-1] >= '0' && more[-1] <= '9')
            more--;
        names += (size_t)atoi(more);
    }
    size_t others = names - 1;
    for (const char *at = line; at < line + length; at++)
        names += *at == ';';
    assert_in_range(names - others, 1, 12);
    return names;
}

static Told told_of_many(unsigned tasks, unsigned iterations)
{
    Synthetic many;
    Told told = told_new();
    synthetic_begin(&many, tasks);
    while (iterations-- > 0)
        synthetic_iterate(&many);
    synthetic_end(&many);
    assert_true(history_feed(told.history, many.text, many.length));
    assert_true(history_finish(told.history));
    assert_true(beats_update(told.beats, told.history));
    synthetic_free(&many);
    return told;
}

static void of_many_a_dozen_are_named_and_the_others_counted(void **state)
{
    Told told = told_of_many(60, 4);
    char *text = NULL;
    size_t size = 0, more = 0;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(text_tell(out, told.history, told.beats, NULL, LANG_EN), 0);
    assert_int_equal(fclose(out), 0);
    const char *at = text;
    for (size_t k = 0; k < beats_count(told.beats); k++) {
        size_t waiting = 0;
        assert_true(state_at(&told.state, told.history, beats_stop(told.beats, k)));
        for (size_t t = 0; t < told.state.task_count; t++)
            waiting += told.state.tasks[t].status == STATUS_WAITING && told.state.tasks[t].on != ID_NONE;
        at = strstr(at, "Beat ");
        const char *next = strstr(++at, "\nBeat "), *ready = strstr(at, "\n  Ready: "),
                   *waits = strstr(at, "\n  Waiting: ");
        next = next ? next : at + strlen(at);
        if (told.state.ready_count > 0)
            assert_int_equal(listed(ready + 1), told.state.ready_count);
        assert_int_equal(waits && waits<next, waiting> 0);
        if (waiting > 0)
            assert_int_equal(listed(waits + 1), waiting);
        more += waiting > 12;
    }
    assert_true(more > 0);
    free(text);
    told_free(&told);
}

static void it_takes_as_long_as_there_are_steps(void **state)
{
    static const unsigned tasks[] = {500, 4000};
    double took[2];
    for (int k = 0; k < 2; k++) {
        Told told = told_of_many(tasks[k], 1);
        FILE *nowhere = fopen("/dev/null", "w");
        assert_non_null(nowhere);
        clock_t start = clock();
        assert_int_equal(text_tell(nowhere, told.history, told.beats, NULL, LANG_EN), 0);
        took[k] = (double)(clock() - start) / CLOCKS_PER_SEC + 0.02;
        fclose(nowhere);
        told_free(&told);
    }
    if (took[1] > 30 * took[0])
        fail_msg("eight times the tasks took %.1f times as long", took[1] / took[0]);
}

static void a_full_disk_is_an_error(void **state)
{
    Told told = told_of("11_task_ex1");
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    setvbuf(full, NULL, _IONBF, 0);
    assert_int_equal(text_tell(full, told.history, told.beats, NULL, LANG_EN), -1);
    fclose(full);
    told_free(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_beat_tells_who_runs_who_is_ready_who_waits_and_what_was_printed),
        cmocka_unit_test(a_wait_says_how_many_are_missing),
        cmocka_unit_test(a_wait_for_the_first_says_that_one_is_enough),
        cmocka_unit_test(a_wait_that_has_what_it_needs_and_was_not_told_says_so),
        cmocka_unit_test(a_wait_that_one_failure_ends_says_so_until_there_is_one),
        cmocka_unit_test(a_wait_for_what_has_happened_already_promises_nothing),
        cmocka_unit_test(a_timer_that_nobody_waits_for_is_told),
        cmocka_unit_test(no_markup_is_left),
        cmocka_unit_test(it_ends_with_how_the_program_ended),
        cmocka_unit_test(everything_that_was_printed_is_there_in_order),
        cmocka_unit_test(a_program_without_a_loop_has_no_queue),
        cmocka_unit_test(of_many_a_dozen_are_named_and_the_others_counted),
        cmocka_unit_test(it_takes_as_long_as_there_are_steps),
        cmocka_unit_test(a_full_disk_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
