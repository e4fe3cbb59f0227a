/*
 * What things are called.
 */
#include "told.h"

#define TASK(id, name, coroutine) \
    "\"ev\":\"task\",\"task\":\"" id "\",\"name\":\"" name "\",\"coroutine\":\"" coroutine "\"\n"

static const char *label(const Told *told, Id id)
{
    static char text[64];
    return lane_label(told->history, id, text, sizeof text);
}

static const char *badge(const Told *told, Id id)
{
    static char text[16];
    return lane_badge(told->history, id, text, sizeof text);
}

static void a_given_name_comes_first(void **state)
{
    Told told = told_from(TASK("t1", "img1", "download") TASK("t2", "img2", "download"));
    assert_string_equal(label(&told, ID('t', 1)), "img1");
    assert_string_equal(label(&told, ID('t', 2)), "img2");
    told_free(&told);
}

static void a_coroutine_s_name_serves_when_no_other_task_has_it(void **state)
{
    Told told =
        told_from(TASK("t1", "Task-1", "main") TASK("t2", "Task-2", "work") TASK("t3", "Task-3", "work"));
    assert_string_equal(label(&told, ID('t', 1)), "main");
    assert_string_equal(label(&told, ID('t', 2)), "Task-2");
    assert_string_equal(label(&told, ID('t', 3)), "Task-3");
    told_free(&told);
}

static void a_qualified_name_is_called_by_its_last_part(void **state)
{
    Told told = told_from(TASK("t1", "Task-1", "BaseEventLoop.shutdown_asyncgens")
                              TASK("t2", "Task-2", "main.<locals>.inner"));
    assert_string_equal(label(&told, ID('t', 1)), "shutdown_asyncgens");
    assert_string_equal(label(&told, ID('t', 2)), "inner");
    told_free(&told);
}

static void coroutines_driven_by_hand_are_numbered_when_they_share_a_name(void **state)
{
    Told told = told_from("\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"work\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"work\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k3\",\"name\":\"other\"\n"
                          "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"
                          "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k2\"\n"
                          "\"ev\":\"switch\",\"from\":\"k2\",\"to\":\"k3\"\n");
    assert_string_equal(label(&told, ID('k', 1)), "work-1");
    assert_string_equal(label(&told, ID('k', 2)), "work-2");
    assert_string_equal(label(&told, ID('k', 3)), "other");
    assert_string_equal(label(&told, ID_MAIN), "main");
    told_free(&told);
}

static void what_is_not_known_is_called_by_its_id(void **state)
{
    Told told = told_from(TASK("t1", "Task-1", "main"));
    assert_string_equal(label(&told, ID('t', 9)), "t9");
    told_free(&told);
}

static void badges_of_names_that_begin_alike_tell_their_last_words(void **state)
{
    Told told = told_from("\"ev\":\"loop\",\"op\":\"new\"\n" TASK("t1", "producer a", "p") TASK(
        "t2", "producer b", "p") TASK("t3", "apple", "a") TASK("t4", "apricot", "a"));
    assert_string_equal(badge(&told, ID('t', 1)), "pa");
    assert_string_equal(badge(&told, ID('t', 2)), "pb");
    assert_string_equal(badge(&told, ID('t', 3)), "ap"); /* one word each: no way to tell them apart */
    assert_string_equal(badge(&told, ID('t', 4)), "ap");
    told_free(&told);
}

static void a_badge_is_the_number_or_the_first_letters_that_tell_apart(void **state)
{
    Told told =
        told_from("\"ev\":\"loop\",\"op\":\"new\"\n" TASK("t1", "Task-1", "main") TASK("t2", "img1", "d")
                      TASK("t3", "img12", "d") TASK("t4", "img123", "d") TASK("t5", "Task-5", "任务")
                          TASK("t6", "apple", "a") TASK("t7", "avocado", "a"));
    assert_string_equal(badge(&told, ID('t', 1)), "m");
    assert_string_equal(badge(&told, ID('t', 2)), "1");
    assert_string_equal(badge(&told, ID('t', 3)), "12");
    assert_string_equal(badge(&told, ID('t', 4)), "23");
    assert_string_equal(badge(&told, ID('t', 5)), "任");
    assert_string_equal(badge(&told, ID('t', 6)), "ap");
    assert_string_equal(badge(&told, ID('t', 7)), "av");
    told_free(&told);
}

static void times_have_three_digits_and_delays_as_few_as_they_need(void **state)
{
    char text[32];
    assert_string_equal(time_label(0, text, sizeof text), "0.000 s");
    assert_string_equal(time_label(1000000000, text, sizeof text), "1.000 s");
    assert_string_equal(time_label(1234567890, text, sizeof text), "1.235 s");
    assert_string_equal(time_label(-1500000000, text, sizeof text), "-1.500 s");
    assert_string_equal(time_label(INT64_MAX, text, sizeof text), "9223372036.855 s");
    Told told = told_from(TASK("t1", "n1", "func"));
    assert_string_equal(seconds_label(told.history, 1000000000, text, sizeof text), "1");
    assert_string_equal(seconds_label(told.history, 500000000, text, sizeof text), "0.5");
    assert_string_equal(seconds_label(told.history, 1250000000, text, sizeof text), "1.25");
    assert_string_equal(seconds_label(told.history, 99965600, text, sizeof text), "0.0999656");
    told_free(&told);
}

static void on_the_real_clock_a_delay_is_what_was_asked_for(void **state)
{
    static const char header[] =
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"monotonic\",\"unit\":\"ns\"}\n";
    char text[32];
    History *history = history_new();
    assert_non_null(history);
    assert_true(history_feed(history, header, sizeof header - 1));
    assert_string_equal(seconds_label(history, 99965600, text, sizeof text), "0.1");
    assert_string_equal(seconds_label(history, 1999500001, text, sizeof text), "2");
    assert_string_equal(seconds_label(history, 250900000, text, sizeof text), "0.251");
    assert_string_equal(seconds_label(history, 4980000, text, sizeof text), "0.005");
    assert_string_equal(seconds_label(history, 30000, text, sizeof text), "3e-05");
    history_free(history);
}

static const char *waits(Told *told, uint32_t i, Id on)
{
    static char text[64];
    assert_true(state_at(&told->state, told->history, i));
    return wait_label(told->history, &told->state, on, text, sizeof text);
}

static void a_wait_is_called_as_the_program_wrote_it(void **state)
{
    Told told = told_of("03b_download_async");
    assert_string_equal(waits(&told, 46, ID('f', 2)), "sleep(1)");
    assert_string_equal(waits(&told, 90, ID('f', 2)), "sleep(1)");
    assert_string_equal(waits(&told, 34, ID('f', 1)), "wait");
    assert_string_equal(waits(&told, 1, ID('f', 2)), "sleep(1)"); /* not yet made */
    told_free(&told);
    told = told_of("15_future_ex2");
    assert_string_equal(waits(&told, 23, ID('t', 2)), "task set_after");
    assert_string_equal(waits(&told, 23, ID('f', 1)), "future");
    told_free(&told);
}

static const char *why_ready(Told *told, uint32_t i, size_t place, Language language)
{
    static char text[128];
    assert_true(state_at(&told->state, told->history, i));
    assert_in_range(place, 0, told->state.ready_count - 1);
    return ready_label(told->history, &told->state, &told->state.ready[place], language, text, sizeof text);
}

static void each_place_in_the_queue_says_why(void **state)
{
    Told told = told_of("03b_download_async");
    assert_string_equal(why_ready(&told, 9, 0, LANG_EN), "new task → first run");
    assert_string_equal(why_ready(&told, 9, 0, LANG_ZH), "新任务 → 第一次运行");
    assert_string_equal(why_ready(&told, 69, 0, LANG_ZH), "Task-2 的定时器 → sleep(1)");
    assert_string_equal(why_ready(&told, 72, 2, LANG_ZH), "sleep 到期 → 继续");
    assert_string_equal(why_ready(&told, 110, 0, LANG_EN), "Task-2 ended → tell wait");
    assert_string_equal(why_ready(&told, 118, 0, LANG_EN), "wait is over → goes on");
    assert_string_equal(why_ready(&told, 126, 0, LANG_EN), "main ended → stop the loop");
    told_free(&told);
    told = told_of("14b_future_ex1_resolved");
    assert_string_equal(why_ready(&told, 27, 0, LANG_EN), "timer is due → set_result");
    told_free(&told);
    told = told_of("asyncio_timeouts"); /* who awaits a cancelled task is not cancelled itself */
    assert_string_equal(why_ready(&told, 199, 0, LANG_EN), "inner cancelled → gets CancelledError");
    told_free(&told);
}

/* cancel() of a task that stands in the queue does nothing but note it. */
static void a_place_in_the_queue_says_that_a_cancel_is_requested(void **state)
{
    Told told = told_from(TASK("t1", "Task-1", "work") TASK("t2", "Task-2", "other") //
                          "\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\","
                          "\"task\":\"t1\",\"why\":\"start\"\n"
                          "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\","
                          "\"task\":\"t2\",\"why\":\"start\"\n"
                          "\"ev\":\"cancel\",\"task\":\"t1\",\"how\":\"flag\",\"count\":1\n");
    assert_string_equal(why_ready(&told, 4, 0, LANG_EN), "new task → first run");
    assert_string_equal(why_ready(&told, 5, 0, LANG_EN), "new task · cancel requested");
    assert_string_equal(why_ready(&told, 5, 0, LANG_ZH), "新任务 · 已请求取消");
    assert_string_equal(why_ready(&told, 5, 1, LANG_EN), "new task → first run");
    told_free(&told);
}

static void a_small_buffer_gets_what_fits(void **state)
{
    Told told = told_of("11_task_ex1");
    char text[6];
    Told chinese = told_from(TASK("t1", "Task-1", "下载图片"));
    assert_string_equal(lane_label(chinese.history, ID('t', 1), text, sizeof text), "下");
    told_free(&chinese);
    assert_string_equal(lane_label(told.history, ID('t', 2), text, sizeof text), "Task-");
    assert_true(state_at(&told.state, told.history, 8));
    ready_label(told.history, &told.state, &told.state.ready[0], LANG_ZH, text, sizeof text);
    assert_string_equal(text, "新"); /* never half a character */
    told_free(&told);
}

static void a_wait_names_what_it_waits_for(void **state)
{
    Told told = told_of("03b_download_async"), other = told_of("08_await_ex1");
    char text[128];
    assert_string_equal(wait_names(told.history, ID('f', 1), text, sizeof text),
                        "wait(Task-2, Task-3, Task-4)");
    assert_null(wait_names(other.history, ID('f', 1), text, sizeof text)); /* a sleep */
    told_free(&told);
    told_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_given_name_comes_first),
        cmocka_unit_test(a_coroutine_s_name_serves_when_no_other_task_has_it),
        cmocka_unit_test(a_qualified_name_is_called_by_its_last_part),
        cmocka_unit_test(coroutines_driven_by_hand_are_numbered_when_they_share_a_name),
        cmocka_unit_test(what_is_not_known_is_called_by_its_id),
        cmocka_unit_test(badges_of_names_that_begin_alike_tell_their_last_words),
        cmocka_unit_test(a_badge_is_the_number_or_the_first_letters_that_tell_apart),
        cmocka_unit_test(times_have_three_digits_and_delays_as_few_as_they_need),
        cmocka_unit_test(on_the_real_clock_a_delay_is_what_was_asked_for),
        cmocka_unit_test(a_wait_is_called_as_the_program_wrote_it),
        cmocka_unit_test(a_wait_names_what_it_waits_for),
        cmocka_unit_test(each_place_in_the_queue_says_why),
        cmocka_unit_test(a_place_in_the_queue_says_that_a_cancel_is_requested),
        cmocka_unit_test(a_small_buffer_gets_what_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
