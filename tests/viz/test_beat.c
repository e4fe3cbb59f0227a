/*
 * Where a reader stops: a rule a test, on recordings of CPython and on events written out here.
 */
#include "told.h"

/** The stops as text: "9 15 20". */
static const char *stops_of(const Told *told)
{
    static char text[4096];
    size_t used = 0;
    text[0] = '\0';
    for (size_t k = 0; k < beats_count(told->beats) && used < sizeof text - 12; k++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%u", k ? " " : "",
                                 beats_stop(told->beats, k));
    return text;
}

static bool stops_at(const Told *told, uint32_t i)
{
    size_t k = beats_at(told->beats, i);
    return k < beats_count(told->beats) && beats_stop(told->beats, k) == i;
}

static void three_downloads_stop_where_a_class_looks(void **state)
{
    Told told = told_of("03b_download_async");
    assert_string_equal(stops_of(&told),
                        "9 15 "           /* main is queued; the loop looks */
                        "20 23 26 33 34 " /* three tasks are created, one by one; main awaits; suspends */
                        "38 45 46 53 54 61 62 "             /* each prints and sleeps */
                        "64 69 73 77 81 "                   /* select sleeps; wakes; three timers fire */
                        "85 89 91 92 96 98 99 103 105 106 " /* each goes on, tells wait, ends */
                        "110 112 114 118 "                  /* wait counts */
                        "122 123 125 126 "                  /* main goes on and ends */
                        "130 134 154 174 177 178"); /* stop; shutdown in two beats; the last line; the end */
    told_free(&told);
}

static void an_iteration_that_sleeps_stops_asleep_and_awake(void **state)
{
    Told told = told_of("08_await_ex1");
    for (size_t k = 0; k < history_iterations(told.history); k++) {
        const Iteration *iteration = history_iteration(told.history, k);
        const Lane *lane = history_lane(told.history, 0);
        if (lane->ended && iteration->from > lane->ended + 8)
            break;
        assert_int_equal(stops_at(&told, iteration->select), iteration->idle > 0);
    }
    told_free(&told);
}

static void a_stop_is_never_on_a_line_alone_that_shows_nothing_new(void **state)
{
    static const char *const names[] = {
        "02d_async_await", "03b_download_async", "03c_download_blocking_in_async",
        "09_await_ex2",    "11_task_ex1",        "15_future_ex2"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        Told told = told_of(names[n]);
        State before = {0};
        for (size_t k = 1; k < beats_count(told.beats); k++) {
            uint32_t from = beats_stop(told.beats, k - 1), stop = beats_stop(told.beats, k);
            assert_true(from < stop);
            assert_true(state_at(&before, told.history, from));
            assert_true(state_at(&told.state, told.history, stop));
            const State *after = &told.state;
            bool changed = before.running != after->running || before.ready_count != after->ready_count ||
                           before.timer_count != after->timer_count || before.outputs != after->outputs ||
                           before.ends != after->ends || before.phase != after->phase ||
                           before.selecting != after->selecting || before.line != after->line ||
                           before.batch_run != after->batch_run || before.iteration != after->iteration ||
                           before.task_count != after->task_count || before.ended != after->ended;
            for (uint32_t i = from + 1; i <= stop; i++)
                changed |=
                    history_kind(told.history, i) == EV_BLOCKED || history_kind(told.history, i) == EV_ENTER;
            assert_true(changed);
        }
        state_clear(&before);
        told_free(&told);
    }
}

static void run_s_shutdown_is_one_beat_a_task(void **state)
{
    Told told = told_of("07_quick_start");
    uint32_t returns[8];
    size_t count = 0;
    for (uint32_t i = 1; i <= history_count(told.history) && count < 8; i++)
        if (history_kind(told.history, i) == EV_LOOP && history_event(told.history, i).word == WORD_RETURN)
            returns[count++] = i;
    assert_int_equal(count, 3);
    for (size_t k = 0; k < count; k++)
        assert_true(stops_at(&told, returns[k]));
    assert_int_equal(beats_after(told.beats, told.history, returns[0]), returns[1]);
    assert_int_equal(beats_after(told.beats, told.history, returns[1]), returns[2]);
    told_free(&told);
}

#define STEP                                                                                        \
    "\"ev\":\"loop\",\"op\":\"new\"\n"                                                              \
    "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"main\"\n"                  \
    "\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":" \
    "\"start\"\n"                                                                                   \
    "\"ev\":\"loop\",\"op\":\"run\"\n"                                                              \
    "\"ev\":\"iteration\",\"n\":1\n"                                                                \
    "\"ev\":\"select\",\"timeout\":0\n"                                                             \
    "\"ev\":\"selected\",\"n\":0\n"                                                                 \
    "\"ev\":\"batch\",\"n\":1\n"                                                                    \
    "\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"\n"
#define LINE_OF(n)      "\"ev\":\"line\",\"source\":\"s1\",\"line\":" #n ",\"function\":\"main\",\"task\":\"t1\"\n"
#define OUTPUT_OF(text) "\"ev\":\"output\",\"fd\":1,\"text\":\"" text "\"\n"
#define FUTURE          "\"ev\":\"future\",\"future\":\"f1\",\"of\":\"user\"\n"
#define SUSPENDS                                                                      \
    "\"ev\":\"callback_add\",\"future\":\"f1\",\"callback\":\"c1\",\"task\":\"t1\"\n" \
    "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"\n"

static void a_single_output_is_seen_where_the_task_is_about_to_suspend(void **state)
{
    Told told = told_from(STEP LINE_OF(2) OUTPUT_OF("a\\n") FUTURE LINE_OF(3) SUSPENDS);
    assert_string_equal(stops_of(&told), "3 8 14 15");
    told_free(&told);
}

static void several_outputs_of_a_step_are_a_stop_each(void **state)
{
    Told told =
        told_from(STEP LINE_OF(2) OUTPUT_OF("a\\n") LINE_OF(3) OUTPUT_OF("b\\n") FUTURE LINE_OF(4) SUSPENDS);
    assert_string_equal(stops_of(&told), "3 8 11 13 16 17");
    told_free(&told);
}

static void half_a_line_of_output_waits_for_its_rest(void **state)
{
    Told told = told_from(STEP LINE_OF(2) OUTPUT_OF("a ") OUTPUT_OF("b\\n") LINE_OF(3) OUTPUT_OF("c ")
                              OUTPUT_OF("d\\n") FUTURE LINE_OF(4) SUSPENDS);
    assert_string_equal(stops_of(&told), "3 8 12 15 18 19");
    told_free(&told);
}

static void a_task_that_queues_itself_again_stops_before_and_after(void **state)
{
    Told told =
        told_from(STEP LINE_OF(2) "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\","
                                  "\"task\":\"t1\",\"why\":\"yield\"\n"
                                  "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"ready\"\n");
    assert_string_equal(stops_of(&told), "3 8 10 12");
    told_free(&told);
}

static void a_coroutine_awaited_directly_is_a_stop(void **state)
{
    Told told = told_from(STEP LINE_OF(2) "\"ev\":\"enter\",\"function\":\"others\",\"source\":\"s1\","
                                          "\"line\":2,\"task\":\"t1\"\n" LINE_OF(7) FUTURE SUSPENDS);
    assert_string_equal(stops_of(&told), "3 8 11 14 15");
    told_free(&told);
}

static void a_cancel_stops_with_all_that_it_wakes(void **state)
{
    Told told =
        told_from(STEP LINE_OF(2) "\"ev\":\"cancel\",\"task\":\"t2\",\"how\":\"waiter\",\"count\":1\n"
                                  "\"ev\":\"done\",\"future\":\"f2\",\"state\":\"cancelled\"\n"
                                  "\"ev\":\"ready\",\"handle\":\"h3\",\"by\":\"soon\",\"what\":\"wakeup\","
                                  "\"task\":\"t2\",\"future\":\"f2\"\n" FUTURE LINE_OF(3) SUSPENDS);
    assert_string_equal(stops_of(&told), "3 8 10 13 16 17");
    told_free(&told);
}

static void a_skipped_handle_is_a_stop(void **state)
{
    Told told = told_from("\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"call\"\n"
                          "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"call\"\n"
                          "\"ev\":\"handle_cancel\",\"handle\":\"h1\"\n"
                          "\"ev\":\"iteration\",\"n\":1\n"
                          "\"ev\":\"select\",\"timeout\":0\n"
                          "\"ev\":\"selected\",\"n\":0\n"
                          "\"ev\":\"batch\",\"n\":2\n"
                          "\"ev\":\"run\",\"handle\":\"h1\",\"skipped\":true\n"
                          "\"ev\":\"run\",\"handle\":\"h2\"\n"
                          "\"ev\":\"ran\",\"handle\":\"h2\"\n");
    assert_string_equal(stops_of(&told), "1 2 7 8 10");
    told_free(&told);
}

static void without_a_loop_output_switches_calls_and_blocking_stop(void **state)
{
    Told told = told_from(
        "\"ev\":\"line\",\"source\":\"s1\",\"line\":9,\"function\":\"<module>\"\n"
        "\"ev\":\"enter\",\"function\":\"f\",\"source\":\"s1\",\"line\":9\n"
        "\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"f\"\n" OUTPUT_OF(
            "1\\n") "\"ev\":\"blocked\",\"duration\":1000,\"by\":[\"s1\",3]\n"
                    "\"ev\":\"leave\",\"function\":\"f\",\"source\":\"s1\",\"line\":9\n"
                    "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"
                    "\"ev\":\"line\",\"source\":\"s1\",\"line\":4,\"function\":\"g\",\"coroutine\":\"k1\"\n"
                    "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"1\"\n"
                    "\"ev\":\"end\",\"why\":\"exit\",\"code\":0\n");
    assert_string_equal(stops_of(&told), "2 4 5 6 7 9 10");
    told_free(&told);
}

static void a_coroutine_object_is_a_stop_unless_it_is_used_at_once(void **state)
{
    Told told = told_from("\"ev\":\"line\",\"source\":\"s1\",\"line\":4,\"function\":\"<module>\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"f\"\n"
                          "\"ev\":\"line\",\"source\":\"s1\",\"line\":5,\"function\":\"<module>\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"g\"\n"
                          "\"ev\":\"loop\",\"op\":\"new\"\n"
                          "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"g\"\n"
                          "\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":"
                          "\"t1\",\"why\":\"start\"\n");
    assert_int_equal(beats_stop(told.beats, 0), 2);
    assert_int_equal(beats_stop(told.beats, 1), 7);
    told_free(&told);
}

static void objects_made_in_a_row_are_one_stop_or_none(void **state)
{
    Told told = told_from("\"ev\":\"line\",\"source\":\"s1\",\"line\":4,\"function\":\"<module>\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"f\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"f\"\n"
                          "\"ev\":\"line\",\"source\":\"s1\",\"line\":5,\"function\":\"<module>\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k3\",\"name\":\"f\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k4\",\"name\":\"g\"\n"
                          "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"g\"\n"
                          "\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":"
                          "\"t1\",\"why\":\"start\"\n");
    assert_int_equal(beats_stop(told.beats, 0), 3);
    assert_int_equal(beats_stop(told.beats, 1), 8);
    told_free(&told);
}

static void stuck_and_its_end_are_one_stop_the_last(void **state)
{
    Told told = told_of("14a_future_ex1_hang");
    assert_int_equal(beats_stop(told.beats, beats_count(told.beats) - 1), history_count(told.history));
    assert_int_equal(beats_before(told.beats, history_count(told.history)), history_count(told.history) - 2);
    told_free(&told);
}

static void a_trace_that_is_cut_stops_at_its_last_event(void **state)
{
    Told told = told_from(STEP LINE_OF(2) OUTPUT_OF("a\\n") LINE_OF(3));
    assert_string_equal(stops_of(&told), "3 8 12");
    told_free(&told);
}

static void stops_found_while_the_trace_grows_are_the_same_and_never_move(void **state)
{
    Told whole = told_of("11_task_ex1");
    Told told = told_new();
    char path[1024], line[65536];
    snprintf(path, sizeof path, "%s/data/traces/11_task_ex1.jsonl", TESTS_DIR);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        size_t before = beats_count(told.beats);
        uint32_t last = before ? beats_stop(told.beats, before - 1) : 0;
        assert_true(history_feed(told.history, line, strlen(line)));
        assert_true(beats_update(told.beats, told.history));
        assert_true(beats_count(told.beats) >= before);
        assert_int_equal(before ? beats_stop(told.beats, before - 1) : 0, last);
    }
    fclose(file);
    char expected[4096];
    snprintf(expected, sizeof expected, "%s", stops_of(&whole));
    assert_string_equal(stops_of(&told), expected);
    told_free(&told);
    told_free(&whole);
}

static void forward_and_back_meet_the_same_stops(void **state)
{
    Told told = told_of("15_future_ex2");
    uint32_t count = history_count(told.history), i = 0;
    for (size_t k = 0; k < beats_count(told.beats); k++) {
        i = beats_after(told.beats, told.history, i);
        assert_int_equal(i, beats_stop(told.beats, k));
        assert_int_equal(beats_at(told.beats, i), k);
    }
    assert_int_equal(i, count);
    assert_int_equal(beats_after(told.beats, told.history, count), count);
    for (size_t k = beats_count(told.beats); k-- > 0; i = beats_before(told.beats, i))
        assert_int_equal(i, beats_stop(told.beats, k));
    assert_int_equal(i, 0);
    assert_int_equal(beats_before(told.beats, 0), 0);
    told_free(&told);
}

/** Events as of told_from(), of a lesson with these notes, whose beats heed them. */
static Told told_noted(const char *notes, const char *events, About **about)
{
    char header[512];
    snprintf(header, sizeof header,
             "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\","
             "\"program\":{\"lesson\":\"x\",\"about\":{\"notes\":[%s]}}}\n",
             notes);
    Told told = told_new();
    told_feed(&told, header, events);
    *about = about_new(told.history);
    assert_non_null(*about);
    beats_heed(told.beats, *about);
    assert_true(beats_update(told.beats, told.history));
    return told;
}

static void two_notes_of_a_lesson_never_share_a_stop(void **state)
{
    static const char events[] = STEP LINE_OF(2) LINE_OF(2) FUTURE SUSPENDS;
    About *about;
    Told told =
        told_noted("{\"at\":\"line 2 #1\",\"en\":\"a\"},{\"at\":\"line 2 #2\",\"en\":\"b\"}", events, &about);
    assert_string_equal(stops_of(&told), "3 8 10 14");
    assert_int_equal(beats_note_after(told.beats, 0), 10);
    assert_int_equal(beats_note_after(told.beats, 10), 14);
    assert_int_equal(beats_note_after(told.beats, 14), 0);
    assert_int_equal(beats_note_before(told.beats, 15), 14);
    assert_int_equal(beats_note_before(told.beats, 14), 10);
    assert_int_equal(beats_note_before(told.beats, 10), 0);
    about_free(about);
    told_free(&told);
    told = told_from(events);
    assert_string_equal(stops_of(&told), "3 8 13 14");
    assert_int_equal(beats_note_after(told.beats, 0), 0);
    told_free(&told);
}

/** The stops of a lesson with one note. */
static const char *stops_noted(const char *at, const char *events)
{
    char note[64];
    snprintf(note, sizeof note, "{\"at\":\"%s\",\"en\":\"a\"}", at);
    About *about;
    Told told = told_noted(note, events, &about);
    const char *stops = stops_of(&told);
    about_free(about);
    told_free(&told);
    return stops;
}

static void a_note_at_a_line_is_read_before_another_line_is_lit(void **state)
{
    static const char events[] = STEP LINE_OF(2) OUTPUT_OF("a\\n") LINE_OF(3) LINE_OF(3) FUTURE SUSPENDS;
    assert_string_equal(stops_noted("line 7", events), "3 8 15 16");
    assert_string_equal(stops_noted("line 2", events), "3 8 11 15 16");
    assert_string_equal(stops_noted("line 3 #2", events), "3 8 15 16");
    assert_string_equal(
        stops_noted("line 3", STEP LINE_OF(2) OUTPUT_OF("a\\n") LINE_OF(3) LINE_OF(4) FUTURE SUSPENDS),
        "3 8 11 12 15 16");
}

static void a_note_at_a_line_is_read_before_the_return_to_who_called(void **state)
{
    static const char events[] =
        STEP LINE_OF(2) "\"ev\":\"enter\",\"function\":\"f\",\"source\":\"s1\",\"line\":2,\"task\":"
                        "\"t1\"\n" LINE_OF(7) "\"ev\":\"leave\",\"function\":\"f\",\"source\":\"s1\","
                                              "\"line\":2,\"task\":\"t1\"\n" LINE_OF(3) FUTURE SUSPENDS;
    assert_string_equal(stops_noted("line 9", events), "3 8 11 16 17");
    assert_string_equal(stops_noted("line 7", events), "3 8 11 12 16 17");
}

static void a_note_at_a_line_is_read_where_its_line_stops_anyway(void **state)
{
    static const char events[] = STEP LINE_OF(
        2) "\"ev\":\"task\",\"task\":\"t2\",\"name\":\"Task-2\",\"coroutine\":\"f\"\n"
           "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t2\","
           "\"why\":\"start\"\n" LINE_OF(3) FUTURE SUSPENDS;
    assert_string_equal(stops_noted("line 9", events), "3 8 12 15 16");
    assert_string_equal(stops_noted("line 2", events), "3 8 12 15 16");
}

static void a_traceback_is_one_stop(void **state)
{
    Told told = told_from("\"ev\":\"output\",\"fd\":1,\"text\":\"a\\n\"\n"
                          "\"ev\":\"output\",\"fd\":2,\"text\":\"Traceback:\\n\"\n"
                          "\"ev\":\"output\",\"fd\":2,\"text\":\"  File\\n\"\n"
                          "\"ev\":\"output\",\"fd\":2,\"text\":\"ValueError\\n\"\n"
                          "\"ev\":\"output\",\"fd\":1,\"text\":\"b\\n\"\n"
                          "\"ev\":\"end\",\"why\":\"exit\",\"code\":0\n");
    assert_string_equal(stops_of(&told), "1 4 5 6");
    told_free(&told);
}

static void coroutines_never_awaited_and_the_warning_are_one_stop(void **state)
{
    Told told = told_from("\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"<module>\"\n"
                          "\"ev\":\"output\",\"fd\":1,\"text\":\"a\\n\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"f\",\"never_awaited\":true\n"
                          "\"ev\":\"output\",\"fd\":2,\"text\":\"RuntimeWarning: f\\n\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"f\",\"never_awaited\":true\n"
                          "\"ev\":\"output\",\"fd\":1,\"text\":\"b\\n\"\n"
                          "\"ev\":\"end\",\"why\":\"exit\",\"code\":0\n");
    assert_string_equal(stops_of(&told), "2 5 6 7");
    told_free(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_downloads_stop_where_a_class_looks),
        cmocka_unit_test(an_iteration_that_sleeps_stops_asleep_and_awake),
        cmocka_unit_test(a_stop_is_never_on_a_line_alone_that_shows_nothing_new),
        cmocka_unit_test(run_s_shutdown_is_one_beat_a_task),
        cmocka_unit_test(a_single_output_is_seen_where_the_task_is_about_to_suspend),
        cmocka_unit_test(several_outputs_of_a_step_are_a_stop_each),
        cmocka_unit_test(half_a_line_of_output_waits_for_its_rest),
        cmocka_unit_test(a_task_that_queues_itself_again_stops_before_and_after),
        cmocka_unit_test(a_coroutine_awaited_directly_is_a_stop),
        cmocka_unit_test(a_cancel_stops_with_all_that_it_wakes),
        cmocka_unit_test(a_skipped_handle_is_a_stop),
        cmocka_unit_test(without_a_loop_output_switches_calls_and_blocking_stop),
        cmocka_unit_test(a_coroutine_object_is_a_stop_unless_it_is_used_at_once),
        cmocka_unit_test(objects_made_in_a_row_are_one_stop_or_none),
        cmocka_unit_test(stuck_and_its_end_are_one_stop_the_last),
        cmocka_unit_test(a_trace_that_is_cut_stops_at_its_last_event),
        cmocka_unit_test(stops_found_while_the_trace_grows_are_the_same_and_never_move),
        cmocka_unit_test(forward_and_back_meet_the_same_stops),
        cmocka_unit_test(two_notes_of_a_lesson_never_share_a_stop),
        cmocka_unit_test(a_note_at_a_line_is_read_before_another_line_is_lit),
        cmocka_unit_test(a_note_at_a_line_is_read_before_the_return_to_who_called),
        cmocka_unit_test(a_note_at_a_line_is_read_where_its_line_stops_anyway),
        cmocka_unit_test(a_traceback_is_one_stop),
        cmocka_unit_test(coroutines_never_awaited_and_the_warning_are_one_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
