/*
 * A trace as it comes: in pieces, cut off, broken, hostile; and what is derived from a good one.
 */
#include "traces.h"

#include "synthetic.h"

static const char header[] = "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\"}\n";

static void grow_in_pieces(const char *name, Bytes trace)
{
    History *whole = history_of(trace.text, trace.length);
    char *expected = history_text(whole);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        uint64_t random = seed;
        History *pieces = history_new();
        State state = {0};
        for (size_t at = 0; at < trace.length;) {
            size_t count = 1 + random_next(&random) % (seed * 40);
            count = count < trace.length - at ? count : trace.length - at;
            assert_true(history_feed(pieces, trace.text + at, count));
            at += count;
            if (history_count(pieces) > 0)
                assert_true(state_at(&state, pieces, 1 + random_next(&random) % history_count(pieces)));
        }
        assert_true(history_finish(pieces));
        char *text = history_text(pieces);
        assert_string_equal(text, expected);
        free(text);
        for (uint32_t i = 1; i <= history_count(whole); i++) {
            Event a = history_event(whole, i), b = history_event(pieces, i);
            assert_true(same_event(&a, &b));
        }
        state_clear(&state);
        history_free(pieces);
    }
    free(expected);
    history_free(whole);
}

static void growing_in_pieces_gives_the_same_history(void **state)
{
    for_each_trace(grow_in_pieces);
}

static void cut_everywhere(const char *name, Bytes trace)
{
    size_t step = trace.length / 97 + 1;
    for (size_t length = 0; length < trace.length; length += step) {
        History *history = history_of(trace.text, length);
        if (history_header(history) != NULL) {
            assert_true(history_is_cut(history));
            assert_int_equal(history_bad_lines(history), 0);
            assert_null(history_problem(history));
            State state = {0};
            assert_true(state_at(&state, history, history_count(history)));
            state_clear(&state);
        } else {
            assert_non_null(history_problem(history));
        }
        history_free(history);
    }
}

static void a_cut_trace_is_shown_up_to_the_cut(void **state)
{
    for_each_trace(cut_everywhere);
}

static void zeros_behind_a_cut_are_no_mistake(void **state)
{
    Bytes trace = read_trace("07_quick_start");
    size_t length = trace.length / 2;
    memset(trace.text + length, 0, trace.length - length);
    History *history = history_of(trace.text, trace.length);
    assert_true(history_count(history) > 20);
    assert_int_equal(history_bad_lines(history), 0);
    assert_true(history_is_cut(history));
    history_free(history);
    free(trace.text);
}

static void zeros_behind_the_end_are_no_mistake(void **state)
{
    Bytes trace = read_trace("07_quick_start");
    trace.text[trace.length - 1] = '\0';
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_count(history), 70);
    assert_null(history_problem(history));
    assert_false(history_is_cut(history));
    history_free(history);
    free(trace.text);
}

static void garbage_behind_the_end_is_a_bad_line(void **state)
{
    Bytes trace = read_trace("07_quick_start");
    trace.text[trace.length++] = '{';
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_bad_lines(history), 1);
    assert_string_equal(history_problem(history), "line 72: column 1: not JSON");
    history_free(history);
    free(trace.text);
}

static void a_last_line_without_newline_counts(void **state)
{
    Bytes trace = read_trace("07_quick_start");
    History *history = history_of(trace.text, trace.length - 1);
    assert_false(history_is_cut(history));
    assert_int_equal(history_count(history), 70);
    history_free(history);
    free(trace.text);
}

static void what_is_no_trace_is_refused_in_one_line(void **state)
{
    static const struct {
        const char *text, *problem;
    } refused[] = {
        {"", "empty: there is no trace in it"},
        {"\n \n", "empty: there is no trace in it"},
        {"hello\n", "the first line is no header"},
        {"{\"trace\":\"other\"}\n", "the first line is no header"},
        {"{\"trace\":\"loopglass\"}\n", "the header has no version"},
        {"{\"trace\":\"loopglass\",\"version\":2}\n", "it is of version 2; this loopglass reads version 1"},
    };
    for (size_t k = 0; k < sizeof refused / sizeof refused[0]; k++) {
        History *history = history_of(refused[k].text, strlen(refused[k].text));
        assert_string_equal(history_problem(history), refused[k].problem);
        assert_false(history_feed(history, "{}\n", 3));
        assert_int_equal(history_count(history), 0);
        history_free(history);
    }
}

static void binary_garbage_is_refused(void **state)
{
    uint64_t seed = 3;
    char bytes[5000];
    for (size_t k = 0; k < sizeof bytes; k++)
        bytes[k] = (char)random_next(&seed);
    History *history = history_of(bytes, sizeof bytes);
    assert_non_null(history_problem(history));
    assert_null(strchr(history_problem(history), '\n'));
    history_free(history);
}

static void a_bad_line_is_counted_named_and_skipped(void **state)
{
    Bytes trace = make_trace("%\"mark\"}\n%\"run\"}\n{\"i\":3,\"ts\":0,\n%\"mark\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_count(history), 2);
    assert_int_equal(history_bad_lines(history), 2);
    assert_string_equal(history_problem(history), "line 3: run without handle");
    history_free(history);
    free(trace.text);
}

static void events_are_counted_as_they_come_whatever_their_number(void **state)
{
    Bytes trace = make_trace("%\"mark\"}\n{\"i\":7,\"ts\":0,\"ev\":\"mark\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_count(history), 2);
    assert_int_equal(history_event(history, 2).i, 2);
    assert_string_equal(history_problem(history), "line 3: event number 7 where 2 was expected");
    history_free(history);
    free(trace.text);
}

static void a_line_over_the_limit_is_skipped_and_its_memory_bounded(void **state)
{
    History *history = history_new();
    size_t count = (size_t)1 << 20;
    char *filler = malloc(count);
    assert_non_null(filler);
    memset(filler, 'x', count);
    assert_true(history_feed(history, header, strlen(header)));
    for (int k = 0; k < 40; k++)
        assert_true(history_feed(history, filler, count));
    static const char next[] = "\n{\"i\":2,\"ts\":0,\"ev\":\"mark\"}\n";
    assert_true(history_feed(history, next, strlen(next)));
    assert_true(history_finish(history));
    assert_int_equal(history_count(history), 1);
    assert_int_equal(history_bad_lines(history), 1);
    assert_string_equal(history_problem(history), "line 2: longer than 16 MiB");
    assert_true(history_bytes(history) < (size_t)24 << 20);
    history_free(history);
    history = history_new();
    for (int k = 0; k < 40; k++)
        history_feed(history, filler, count);
    assert_string_equal(history_problem(history), "the first line is longer than 16 MiB");
    history_free(history);
    free(filler);
}

static void a_mark_of_byte_order_and_carriage_returns_do_no_harm(void **state)
{
    static const char text[] =
        "\xef\xbb\xbf{\"trace\":\"loopglass\",\"version\":1}\r\n"
        "{\"i\":1,\"ts\":0,\"ev\":\"mark\"}\r\n\r\n{\"i\":2,\"ts\":0,\"ev\":\"end\",\"why\":\"exit\"}\r\n";
    History *history = history_of(text, sizeof text - 1);
    assert_int_equal(history_count(history), 2);
    assert_null(history_problem(history));
    assert_false(history_is_cut(history));
    history_free(history);
}

static void ids_far_apart_and_met_twice_do_no_harm(void **state)
{
    Bytes trace = make_trace(
        "%\"task\",\"task\":\"t16777215\",\"name\":\"far\"}\n%\"task\",\"task\":\"t16777215\",\"name\":"
        "\"again\"}\n"
        "%\"task\",\"task\":\"t5\"}\n%\"ready\",\"handle\":\"h9\",\"by\":\"soon\",\"task\":\"t8\"}\n"
        "%\"ready\",\"handle\":\"h9\",\"by\":\"timer\",\"task\":\"t5\"}\n%\"run\",\"handle\":\"h16777215\","
        "\"task\":\"t5\"}\n"
        "%\"ran\",\"handle\":\"h3\",\"task\":\"t5\",\"state\":\"done\"}\n%\"run\",\"handle\":\"h9\",\"task\":"
        "\"t5\"}\n"
        "%\"done\",\"future\":\"f900\"}\n%\"done\",\"future\":\"t5\"}\n%\"switch\",\"from\":\"k9\",\"to\":"
        "\"k9\"}\n"
        "%\"loop\",\"op\":\"close\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_count(history), 12);
    assert_string_equal(history_lane_of(history, ID('t', 16777215))->name, "far");
    State at = {0};
    for (uint32_t i = 12; i > 0; i--) {
        assert_true(state_at(&at, history, i));
        history_cause(history, i);
        state_future(&at, history, ID('f', 900));
        state_future(&at, history, ID('f', 16777215));
    }
    state_clear(&at);
    history_free(history);
    free(trace.text);
}

static void times_far_apart_are_kept_exactly(void **state)
{
    Text text = {0};
    put(&text, "%s", header);
    int64_t ts[300];
    for (int k = 0; k < 300; k++) {
        ts[k] = k % 70 < 60 ? k : (int64_t)k * 9000000000000 - 5000000000;
        put(&text, "{\"i\":%d,\"ts\":%" PRId64 ",\"ev\":\"mark\"}\n", k + 1, ts[k]);
    }
    History *history = history_of(text.text, text.length);
    for (uint32_t k = 0; k < 300; k++) {
        assert_int_equal(history_ts(history, k + 1), ts[k]);
        assert_int_equal(history_event(history, k + 1).ts, ts[k]);
    }
    history_free(history);
    free(text.text);
}

static void an_event_takes_at_most_40_bytes(void **state)
{
    Synthetic trace;
    synthetic_begin(&trace, 24);
    while (trace.events < 200000)
        synthetic_iterate(&trace);
    synthetic_end(&trace);
    History *history = history_of(trace.text, trace.length);
    assert_null(history_problem(history));
    assert_true(history_bytes(history) <= (size_t)40 * history_count(history));
    history_free(history);
    synthetic_free(&trace);
}

static void ten_thousand_tasks_at_once_stay_small(void **state)
{
    Synthetic trace;
    synthetic_begin(&trace, 10000);
    while (trace.events < 200000)
        synthetic_iterate(&trace);
    synthetic_end(&trace);
    History *history = history_of(trace.text, trace.length);
    assert_true(history_bytes(history) <= (size_t)64 * history_count(history));
    State at = {0};
    assert_true(state_at(&at, history, history_count(history) / 2));
    assert_in_range(at.task_count, 9900, 10000); /* those that end are only made up for after the iteration */
    state_clear(&at);
    history_free(history);
    synthetic_free(&trace);
}

static void lanes_iterations_and_arrows_of_async_await(void **state)
{
    Bytes trace = read_trace("02d_async_await");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_lanes(history), 5);
    const Lane *func1 = history_lane(history, 1);
    assert_int_equal(func1->id, ID('t', 2));
    assert_string_equal(func1->coroutine, "func1");
    assert_int_equal(func1->created, 18);
    assert_int_equal(func1->ended, 72);
    assert_int_equal(func1->defined, 2);
    assert_false(func1->helper);
    assert_true(history_lane(history, 4)->helper);
    static const Span expected[] = {
        {18, 32, STATUS_READY, ID_NONE},      {32, 39, STATUS_RUNNING, ID_NONE},
        {39, 56, STATUS_WAITING, ID('f', 2)}, {56, 66, STATUS_READY, ID_NONE},
        {66, 72, STATUS_RUNNING, ID_NONE},    {72, UINT32_MAX, STATUS_DONE, ID_NONE},
    };
    const Span *spans;
    assert_int_equal(history_spans(history, 1, &spans), 6);
    assert_memory_equal(spans, expected, sizeof expected);
    assert_int_equal(history_iterations(history), 11);
    const Iteration *third = history_iteration(history, 2);
    assert_int_equal(third->from, 48);
    assert_int_equal(third->select, 49);
    assert_int_equal(third->selected, 50);
    assert_int_equal(third->idle, 2000000000);
    assert_int_equal(history_iteration_at(history, 11), -1);
    assert_int_equal(history_iteration_at(history, 12), 0);
    assert_int_equal(history_iteration_at(history, 61), 2);
    const Edge *edges;
    assert_int_equal(history_edges(history, &edges), 8);
    static const Edge create = {18, 19, ID('t', 1), ID('t', 2), EDGE_CREATE};
    static const Edge by_timer = {51, 56, ID_NONE, ID('t', 2), EDGE_WAKE};
    static const Edge by_callback = {87, 88, ID_NONE, ID('t', 1), EDGE_WAKE};
    assert_memory_equal(&edges[1], &create, sizeof create);
    assert_memory_equal(&edges[3], &by_timer, sizeof by_timer);
    assert_memory_equal(&edges[5], &by_callback, sizeof by_callback);
    history_free(history);
    free(trace.text);
}

static void a_task_that_awaits_a_task_is_woken_by_its_end(void **state)
{
    Bytes trace = read_trace("11_task_ex1");
    History *history = history_of(trace.text, trace.length);
    const Edge *edges;
    size_t count = history_edges(history, &edges), found = 0;
    for (size_t k = 0; k < count; k++) {
        assert_true(k == 0 || edges[k - 1].to <= edges[k].to);
        if (edges[k].kind == EDGE_WAKE && edges[k].target == ID('t', 1)) {
            assert_int_equal(edges[k].source, ID('t', 2));
            assert_int_equal(history_kind(history, edges[k].from), EV_DONE);
            assert_int_equal(history_event(history, edges[k].from).future, ID('t', 2));
            found++;
        }
    }
    assert_int_equal(found, 1);
    history_free(history);
    free(trace.text);
}

static void a_cancel_is_an_arrow_from_who_cancels(void **state)
{
    Bytes trace = make_trace(
        "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\"}\n%\"task\",\"task\":\"t2\"}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
        "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n%\"cancel\",\"task\":\"t2\",\"how\":\"flag\",\"count\":"
        "1}\n");
    History *history = history_of(trace.text, trace.length);
    const Edge *edges;
    assert_int_equal(history_edges(history, &edges), 2);
    assert_int_equal(edges[1].kind, EDGE_CANCEL);
    assert_int_equal(edges[1].source, ID('t', 1));
    assert_int_equal(edges[1].target, ID('t', 2));
    history_free(history);
    free(trace.text);
}

static void lanes_stand_in_order_of_creation_however_late_they_are_driven(void **state)
{
    Bytes trace = make_trace(
        "%\"coroutine\",\"coroutine\":\"k1\",\"name\":\"a\"}\n%\"coroutine\",\"coroutine\":\"k2\",\"name\":"
        "\"b\"}\n"
        "%\"switch\",\"from\":\"k0\",\"to\":\"k2\"}\n%\"switch\",\"from\":\"k2\",\"to\":\"k1\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_lanes(history), 3);
    assert_int_equal(history_lane(history, 0)->id, ID_MAIN);
    assert_int_equal(history_lane(history, 1)->id, ID('k', 1));
    assert_int_equal(history_lane(history, 2)->id, ID('k', 2));
    const Span *spans;
    assert_int_equal(history_spans(history, 1, &spans), 2);
    assert_int_equal(spans[1].from, 4);
    history_free(history);
    free(trace.text);
}

static void a_future_is_done_the_first_time(void **state)
{
    Bytes trace = make_trace("%\"future\",\"future\":\"f1\"}\n%\"done\",\"future\":\"f1\",\"state\":"
                             "\"failed\",\"value\":\"first\"}\n"
                             "%\"done\",\"future\":\"f1\",\"state\":\"done\",\"value\":\"second\"}\n");
    History *history = history_of(trace.text, trace.length);
    State at = {0};
    state_at(&at, history, 3);
    FutureState future = state_future(&at, history, ID('f', 1));
    assert_int_equal(future.status, STATUS_FAILED);
    assert_string_equal(future.value, "first");
    state_clear(&at);
    history_free(history);
    free(trace.text);
}

static void sources_and_lines_of_c_are_found(void **state)
{
    Bytes trace =
        make_trace("%\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\",\"text\":\"x\"}\n"
                   "%\"source\",\"source\":\"s2\",\"name\":\"a.c\",\"language\":\"c\",\"text\":\"y\"}\n"
                   "%\"line\",\"source\":\"s1\",\"line\":4,\"also\":[\"s2\",14]}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_sources(history), 2);
    Source second = history_source(history, 1);
    assert_int_equal(second.id, ID('s', 2));
    assert_string_equal(second.name, "a.c");
    assert_string_equal(second.language, "c");
    assert_string_equal(second.text, "y");
    assert_int_equal(history_c_line(history, 4), 14);
    assert_int_equal(history_c_line(history, 5), 0);
    assert_int_equal(history_c_line(history, 4000000), 0);
    history_free(history);
    free(trace.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growing_in_pieces_gives_the_same_history),
        cmocka_unit_test(a_cut_trace_is_shown_up_to_the_cut),
        cmocka_unit_test(zeros_behind_a_cut_are_no_mistake),
        cmocka_unit_test(zeros_behind_the_end_are_no_mistake),
        cmocka_unit_test(garbage_behind_the_end_is_a_bad_line),
        cmocka_unit_test(a_last_line_without_newline_counts),
        cmocka_unit_test(what_is_no_trace_is_refused_in_one_line),
        cmocka_unit_test(binary_garbage_is_refused),
        cmocka_unit_test(a_bad_line_is_counted_named_and_skipped),
        cmocka_unit_test(events_are_counted_as_they_come_whatever_their_number),
        cmocka_unit_test(a_line_over_the_limit_is_skipped_and_its_memory_bounded),
        cmocka_unit_test(a_mark_of_byte_order_and_carriage_returns_do_no_harm),
        cmocka_unit_test(ids_far_apart_and_met_twice_do_no_harm),
        cmocka_unit_test(times_far_apart_are_kept_exactly),
        cmocka_unit_test(an_event_takes_at_most_40_bytes),
        cmocka_unit_test(ten_thousand_tasks_at_once_stay_small),
        cmocka_unit_test(lanes_iterations_and_arrows_of_async_await),
        cmocka_unit_test(a_task_that_awaits_a_task_is_woken_by_its_end),
        cmocka_unit_test(a_cancel_is_an_arrow_from_who_cancels),
        cmocka_unit_test(lanes_stand_in_order_of_creation_however_late_they_are_driven),
        cmocka_unit_test(a_future_is_done_the_first_time),
        cmocka_unit_test(sources_and_lines_of_c_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
