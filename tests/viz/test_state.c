/*
 * The state after any event: forwards, backwards, from anywhere, the same; and what it is.
 */
#include "traces.h"

#include "synthetic.h"

/* Going back through every event gives what going forwards gave. */
static void there_and_back(const char *name, Bytes trace)
{
    History *history = history_of(trace.text, trace.length);
    uint32_t count = history_count(history);
    char **forwards = calloc(count + 1, sizeof *forwards);
    assert_non_null(forwards);
    State state = {0};
    for (uint32_t i = 0; i <= count; i++) {
        assert_true(state_at(&state, history, i));
        forwards[i] = state_text(history, &state);
    }
    for (uint32_t i = count + 1; i-- > 0;) {
        assert_true(state_at(&state, history, i));
        char *backwards = state_text(history, &state);
        if (strcmp(backwards, forwards[i]) != 0)
            fail_msg("%s, event %u:\n%s\nforwards:\n%s", name, i, backwards, forwards[i]);
        free(backwards);
    }
    uint64_t seed = count;
    for (int k = 0; k < 200; k++) {
        uint32_t i = random_next(&seed) % (count + 1);
        assert_true(state_at(&state, history, i));
        char *jumped = state_text(history, &state);
        assert_string_equal(jumped, forwards[i]);
        free(jumped);
    }
    for (uint32_t i = 0; i <= count; i++)
        free(forwards[i]);
    free(forwards);
    state_clear(&state);
    history_free(history);
}

static void backwards_equals_forwards_on_every_recording(void **unused)
{
    for_each_trace(there_and_back);
}

static void backwards_equals_forwards_across_keyframes(void **unused)
{
    Synthetic trace;
    synthetic_begin(&trace, 7);
    while (trace.events < 5000)
        synthetic_iterate(&trace);
    synthetic_end(&trace);
    there_and_back("synthetic", (Bytes){trace.text, trace.length});
    synthetic_free(&trace);
}

/* Only the first step back goes the whole way from a keyframe. */
static void going_back_leaves_states_behind_for_the_next_steps(void **unused)
{
    Synthetic trace;
    synthetic_begin(&trace, 7);
    while (trace.events < 5000)
        synthetic_iterate(&trace);
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    assert_true(state_at(&state, history, 3000) && state.behind_count == 0);
    for (uint32_t i = 2999; i > 2300; i--) {
        assert_true(state_at(&state, history, i) && state.i == i);
        assert_true(state.behind_count > 0 && i - state.behind[state.behind_count - 1].i < 128);
    }
    state_clear(&state);
    history_free(history);
    synthetic_free(&trace);
}

/* The picture cannot lie: what must hold in every state of a good trace. */
static void look_at_every_state(const char *name, Bytes trace)
{
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    for (uint32_t i = 0; i <= history_count(history); i++) {
        assert_true(state_at(&state, history, i));
        size_t running = 0;
        for (size_t k = 0; k < state.task_count; k++) {
            running += state.tasks[k].status == STATUS_RUNNING;
            assert_true(k == 0 || state.tasks[k - 1].created < state.tasks[k].created);
            assert_true(state.tasks[k].status < STATUS_DONE && state.tasks[k].status != STATUS_NONE);
        }
        assert_true(running <= 1);
        const TaskState *who = state_task(&state, state.running);
        assert_int_equal(running, who != NULL && who->status == STATUS_RUNNING);
        for (size_t k = 1; k < state.ready_count; k++)
            assert_true(state.ready[k - 1].since < state.ready[k].since);
        for (size_t k = 1; k < state.timer_count; k++)
            assert_true(state.timers[k - 1].when <= state.timers[k].when);
        size_t alone = 0;
        for (size_t k = 0; k < state.timer_count; k++)
            alone += id_kind(state.timers[k].future) != 'f';
        assert_int_equal(state.timers_alone, alone);
        for (size_t k = 0; k < state.timer_count; k++)
            for (size_t j = 0; j < state.ready_count; j++)
                assert_int_not_equal(state.timers[k].handle, state.ready[j].handle);
    }
    state_clear(&state);
    history_free(history);
}

static void at_most_one_runs_and_no_timer_is_in_the_queue(void **unused)
{
    for_each_trace(look_at_every_state);
}

/* A lane's spans and its status in the state are two ways to the same. */
static void compare_with_spans(const char *name, Bytes trace)
{
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    for (uint32_t i = 1; i <= history_count(history); i++) {
        assert_true(state_at(&state, history, i));
        for (size_t k = 0; k < history_lanes(history); k++) {
            const Span *spans;
            size_t count = history_spans(history, k, &spans), at = 0;
            while (at + 1 < count && spans[at].until <= i)
                at++;
            Status by_span =
                count > 0 && spans[at].from <= i && i < spans[at].until ? spans[at].status : STATUS_NONE;
            const TaskState *task = state_task(&state, history_lane(history, k)->id);
            assert_int_equal(task != NULL ? task->status : STATUS_NONE,
                             by_span >= STATUS_DONE ? STATUS_NONE : by_span);
            assert_true(task == NULL || task->on == spans[at].on);
        }
    }
    state_clear(&state);
    history_free(history);
}

static void spans_and_states_agree(void **unused)
{
    for_each_trace(compare_with_spans);
}

static void two_tasks_sleep_and_main_waits_for_both(void **unused)
{
    Bytes trace = read_trace("02d_async_await");
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    assert_true(state_at(&state, history, 48));
    assert_int_equal(state.iteration, 3);
    assert_int_equal(state.phase, PHASE_SELECT);
    assert_int_equal(state.task_count, 3);
    assert_int_equal(state.running, ID_NONE);
    const TaskState *main = state_task(&state, ID('t', 1));
    assert_int_equal(main->status, STATUS_WAITING);
    assert_int_equal(main->on, ID('f', 1));
    assert_int_equal(main->line, 12);
    assert_int_equal(main->since, 27);
    FutureState wait = state_future(&state, history, ID('f', 1));
    assert_string_equal(wait.of, "wait");
    assert_int_equal(wait.kid_count, 2);
    assert_int_equal(wait.kids[0], ID('t', 2));
    assert_int_equal(wait.kids_done, 0);
    FutureState sleep = state_future(&state, history, ID('f', 2));
    assert_true(sleep.has_timer);
    assert_int_equal(sleep.when, 2000000000);
    assert_int_equal(sleep.timer_from, 0);
    assert_int_equal(state.timer_count, 2);
    assert_int_equal(state.timers[0].handle, ID('h', 4));

    assert_true(state_at(&state, history, 55));
    assert_int_equal(state.ts, 2000000000);
    assert_int_equal(state.handle, ID('h', 4));
    assert_int_equal(state.running, ID_NONE);
    assert_string_equal(state.call, "asyncio.futures:_set_result_unless_cancelled");
    assert_int_equal(state.batch, 2);
    assert_int_equal(state.batch_run, 1);
    /* done, and the task that waits for it still waits: its `ready` wakes it */
    assert_int_equal(state_future(&state, history, ID('f', 2)).status, STATUS_DONE);
    assert_false(state_future(&state, history, ID('f', 2)).has_timer);
    assert_int_equal(state_task(&state, ID('t', 2))->status, STATUS_WAITING);

    assert_true(state_at(&state, history, 79));
    assert_null(state_task(&state, ID('t', 3)));
    assert_int_equal(state.ends, 2);
    assert_int_equal(state.outputs, 4);
    assert_int_equal(state_future(&state, history, ID('f', 1)).kids_done, 2);
    assert_true(state_at(&state, history, 147));
    assert_true(state.ended && state.closed);
    state_clear(&state);
    history_free(history);
    free(trace.text);
}

static void a_task_that_gives_up_its_turn_runs_until_it_returns(void **unused)
{
    Bytes trace = make_trace(
        "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\"}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
        "%\"batch\",\"n\":1}\n%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
        "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"yield\"}\n"
        "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"ready\"}\n");
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    state_at(&state, history, 6);
    assert_int_equal(state.tasks[0].status, STATUS_RUNNING);
    assert_int_equal(state.ready_count, 1);
    state_at(&state, history, 7);
    assert_int_equal(state.tasks[0].status, STATUS_READY);
    assert_int_equal(state.phase, PHASE_CHECK);
    const Edge *edges;
    assert_int_equal(history_edges(history, &edges), 1); /* its creation; nobody woke it */
    state_clear(&state);
    history_free(history);
    free(trace.text);
}

static void what_is_done_before_the_wait_begins_leaves_the_task_ready(void **unused)
{
    Bytes trace = make_trace(
        "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\"}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
        "%\"batch\",\"n\":1}\n%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
        "%\"future\",\"future\":\"f1\",\"of\":\"user\"}\n%\"done\",\"future\":\"f1\",\"state\":\"cancelled\"}"
        "\n"
        "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"wakeup\",\"task\":\"t1\",\"future\":\"f1\"}"
        "\n"
        "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n");
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    state_at(&state, history, 9);
    assert_int_equal(state.tasks[0].status, STATUS_READY);
    assert_int_equal(state_future(&state, history, ID('f', 1)).status, STATUS_CANCELLED);
    state_clear(&state);
    history_free(history);
    free(trace.text);
}

static const char by_hand[] =
    "%\"source\",\"source\":\"s1\",\"name\":\"a.py\"}\n%\"coroutine\",\"coroutine\":\"k1\",\"name\":"
    "\"unused\"}\n"
    "%\"coroutine\",\"coroutine\":\"k2\",\"name\":\"func\"}\n"
    "%\"line\",\"source\":\"s1\",\"line\":9,\"function\":\"<module>\"}\n"
    "%\"switch\",\"from\":\"k0\",\"to\":\"k2\"}\n"
    "%\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"func\",\"coroutine\":\"k2\"}\n"
    "%\"switch\",\"from\":\"k2\",\"to\":\"k0\",\"value\":\"1\"}\n";

static void a_coroutine_driven_by_hand_is_a_lane_from_its_making(void **unused)
{
    Bytes trace = make_trace(by_hand);
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_lanes(history), 2);
    assert_int_equal(history_lane(history, 0)->id, ID_MAIN);
    assert_int_equal(history_lane(history, 1)->id, ID('k', 2));
    assert_int_equal(history_lane(history, 1)->created, 3);
    assert_null(history_lane_of(history, ID('k', 1)));
    State state = {0};
    state_at(&state, history, 4);
    assert_int_equal(state_task(&state, ID('k', 2))->status, STATUS_IDLE);
    assert_int_equal(state.running, ID_MAIN);
    state_at(&state, history, 6);
    assert_int_equal(state.running, ID('k', 2));
    assert_int_equal(state_task(&state, ID_MAIN)->status, STATUS_WAITING);
    assert_int_equal(state_task(&state, ID_MAIN)->line, 9);
    assert_string_equal(state_task(&state, ID('k', 2))->function, "func");
    state_at(&state, history, 7);
    assert_int_equal(state.running, ID_MAIN);
    assert_int_equal(state_task(&state, ID('k', 2))->status, STATUS_WAITING);
    assert_int_equal(state_task(&state, ID('k', 2))->steps, 1);
    const Edge *edges;
    assert_int_equal(history_edges(history, &edges), 2);
    assert_int_equal(edges[0].kind, EDGE_SWITCH);
    assert_int_equal(edges[1].source, ID('k', 2));
    assert_int_equal(edges[1].target, ID_MAIN);
    state_clear(&state);
    history_free(history);
    free(trace.text);
}

/* A coroutine that is driven long after it was made belongs into the keyframes in between. */
static void a_lane_found_late_is_in_earlier_states_too(void **unused)
{
    Text lines = {0};
    put(&lines, "%%\"coroutine\",\"coroutine\":\"k1\",\"name\":\"late\"}\n");
    for (int k = 0; k < 3000; k++)
        put(&lines, "%%\"mark\"}\n");
    put(&lines, "%%\"switch\",\"from\":\"k0\",\"to\":\"k1\"}\n%%\"end\",\"why\":\"exit\",\"code\":0}\n");
    Bytes trace = make_trace(lines.text);
    free(lines.text);
    History *history = history_new();
    State state = {0};
    history_feed(history, trace.text, trace.length - 120);
    state_at(&state, history, 2500);
    assert_int_equal(state.task_count, 1);
    history_feed(history, trace.text + trace.length - 120, 120);
    history_finish(history);
    for (uint32_t i = 1; i < 3000; i += 500) {
        state_at(&state, history, i);
        assert_int_equal(state.task_count, 2);
        assert_int_equal(state_task(&state, ID('k', 1))->status, STATUS_IDLE);
    }
    state_clear(&state);
    history_free(history);
    there_and_back("late", trace);
    compare_with_spans("late", trace);
    free(trace.text);
}

static void a_switch_that_says_so_ends_a_coroutine_at_once(void **unused)
{
    char lines[2048];
    snprintf(lines, sizeof lines, "%s%s", by_hand,
             "%\"switch\",\"from\":\"k0\",\"to\":\"k2\"}\n%\"switch\",\"from\":\"k2\",\"to\":\"k0\",\"done\":"
             "true}\n%\"mark\"}\n");
    Bytes trace = make_trace(lines);
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_lane_of(history, ID('k', 2))->ended, 9);
    State state = {0};
    state_at(&state, history, 9);
    assert_null(state_task(&state, ID('k', 2)));
    state_clear(&state);
    history_free(history);
    free(trace.text);
}

static void a_coroutine_that_nobody_went_back_to_stays_suspended_for_good(void **unused)
{
    char lines[2048];
    snprintf(lines, sizeof lines, "%s%s", by_hand, "%\"end\",\"why\":\"exit\",\"code\":0}\n");
    Bytes trace = make_trace(lines);
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_lane_of(history, ID('k', 2))->ended, 0);
    assert_int_equal(history_lane_of(history, ID_MAIN)->ended, 8);
    history_free(history);
    free(trace.text);
}

static void with_a_loop_the_main_program_is_no_lane(void **unused)
{
    Bytes trace = make_trace("%\"mark\"}\n%\"mark\"}\n%\"loop\",\"op\":\"new\"}\n");
    History *history = history_new();
    State state = {0};
    char *cut = strstr(trace.text, "\"loop\"") - 18;
    history_feed(history, trace.text, (size_t)(cut - trace.text));
    assert_int_equal(history_lanes(history), 1);
    state_at(&state, history, 2);
    assert_int_equal(state.running, ID_MAIN);
    history_feed(history, cut, strlen(cut));
    assert_int_equal(history_lanes(history), 0);
    state_at(&state, history, 2);
    assert_int_equal(state.running, ID_NONE);
    assert_int_equal(state.task_count, 0);
    state_clear(&state);
    history_free(history);
    free(trace.text);
}

/* Many coroutines, made early and driven late, in whatever order, with work between. */
static Bytes late_trace(unsigned count, unsigned marks, unsigned step)
{
    Text lines = {0};
    for (unsigned k = 1; k <= count; k++)
        put(&lines, "%%\"coroutine\",\"coroutine\":\"k%u\",\"name\":\"late\"}\n", k);
    for (unsigned k = 0; k < count; k++) {
        for (unsigned m = 0; m < marks; m++)
            put(&lines, "%%\"mark\"}\n");
        unsigned id = k * step % count + 1;
        put(&lines, "%%\"line\",\"source\":\"s1\",\"line\":%u,\"coroutine\":\"k%u\"}\n", k + 1, id);
        put(&lines, "%%\"switch\",\"from\":\"k0\",\"to\":\"k%u\"}\n", id);
        put(&lines, "%%\"switch\",\"from\":\"k%u\",\"to\":\"k0\",\"done\":%s}\n", id,
            k % 3 == 0 ? "true" : "false");
    }
    put(&lines, "%%\"end\",\"why\":\"exit\",\"code\":0}\n");
    Bytes trace = make_trace(lines.text);
    free(lines.text);
    return trace;
}

static void compare_states(const History *one, const History *other)
{
    State a = {0}, b = {0};
    uint32_t count = history_count(one);
    assert_int_equal(history_count(other), count);
    uint64_t seed = 3;
    for (int k = 0; k < 300; k++) {
        uint32_t i = k == 0 ? count : random_next(&seed) % (count + 1);
        assert_true(state_at(&a, one, i) && state_at(&b, other, i));
        char *here = state_text(one, &a), *there = state_text(other, &b);
        if (strcmp(here, there) != 0)
            fail_msg("event %u:\n%s\nand:\n%s", i, here, there);
        free(here);
        free(there);
    }
    state_clear(&a);
    state_clear(&b);
}

/* What is found late is there as if it had been known at once: step by step from event 1, which no keyframe
   and no live state has a part in, gives the same as everything else. */
static void lanes_found_late_are_the_same_grown_in_pieces_and_at_once(void **unused)
{
    for (unsigned step = 1; step < 60; step += 29) { /* in the order of their making, and mixed up */
        Bytes trace = late_trace(59, 60, step);
        there_and_back("late", trace);
        compare_with_spans("late", trace);
        History *whole = history_of(trace.text, trace.length), *grown = history_new();
        State state = {0};
        for (size_t at = 0; at < trace.length; at += 1000) {
            size_t length = trace.length - at < 1000 ? trace.length - at : 1000;
            assert_true(history_feed(grown, trace.text + at, length));
            assert_true(state_at(&state, grown, history_count(grown)));
            assert_true(state_at(&state, grown, history_count(grown) / 2));
        }
        assert_true(history_finish(grown));
        state_clear(&state);
        compare_states(whole, grown);
        char *a = history_text(whole), *b = history_text(grown);
        assert_string_equal(a, b);
        for (size_t k = 1; k < history_lanes(whole); k++)
            assert_true(history_lane(whole, k - 1)->created < history_lane(whole, k)->created);
        free(a);
        free(b);
        history_free(whole);
        history_free(grown);
        free(trace.text);
    }
}

/* Each of them was once put into every keyframe since it was made: 4 000 of them took a gigabyte. */
static void lanes_found_late_take_no_more_memory_than_events(void **unused)
{
    for (unsigned step = 1; step < 4000; step += 3998) { /* forwards, and the last first */
        Bytes trace = late_trace(4000, 50, step);
        History *history = history_of(trace.text, trace.length);
        assert_int_equal(history_lanes(history), 4001);
        assert_true(history_bytes(history) < (size_t)history_count(history) * 64);
        State state = {0};
        for (uint32_t i = history_count(history); i > 2000; i -= 2000)
            assert_true(state_at(&state, history, i));
        assert_true(history_bytes(history) < (size_t)history_count(history) * 64);
        state_clear(&state);
        history_free(history);
        free(trace.text);
    }
}

static const char closed[] =
    "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\"}\n%\"task\",\"task\":\"t2\"}\n"
    "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
    "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t2\",\"why\":\"start\"}\n"
    "%\"future\",\"future\":\"f1\",\"of\":\"sleep\"}\n"
    "%\"timer\",\"handle\":\"h3\",\"when\":5,\"future\":\"f1\"}\n"
    "%\"batch\",\"n\":2}\n%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n"
    "%\"loop\",\"op\":\"return\"}\n%\"loop\",\"op\":\"close\"}\n%\"mark\"}\n";

/* "Task was destroyed but it is pending!": one that slept and one that was queued; neither will ever run. */
static void at_the_close_of_a_loop_who_waits_goes_on_and_who_was_queued_waits_on_nothing(void **unused)
{
    Bytes trace = make_trace(closed);
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    assert_true(state_at(&state, history, 11));
    assert_int_equal(state_task(&state, ID('t', 1))->on, ID('f', 1));
    assert_int_equal(state_task(&state, ID('t', 2))->status, STATUS_READY);
    for (uint32_t i = 12; i <= 13; i++) {
        assert_true(state_at(&state, history, i));
        assert_true(state.closed && state.ready_count == 0 && state.timer_count == 0);
        assert_int_equal(state.task_count, 2);
        assert_false(state_future(&state, history, ID('f', 1)).has_timer);
        for (size_t k = 0; k < 2; k++)
            assert_int_equal(state.tasks[k].status, STATUS_WAITING);
        assert_int_equal(state.tasks[0].on, ID('f', 1));
        assert_int_equal(state.tasks[0].since, 10);
        assert_int_equal(state.tasks[1].on, ID_NONE);
        assert_int_equal(state.tasks[1].since, 12);
    }
    for (size_t k = 0; k < 2; k++) {
        const Span *spans;
        size_t count = history_spans(history, k, &spans);
        assert_int_equal(spans[count - 1].from, k == 0 ? 10 : 12);
        assert_int_equal(spans[count - 1].status, STATUS_WAITING);
        assert_int_equal(spans[count - 1].on, k == 0 ? ID('f', 1) : ID_NONE);
        assert_int_equal(history_lane(history, k)->ended, 0);
    }
    state_clear(&state);
    history_free(history);
    compare_with_spans("closed", trace);
    there_and_back("closed", trace);
    free(trace.text);
}

/* However much happens in the call, and not by the line's number alone. */
static void a_call_that_returns_goes_back_to_the_function_at_that_line_of_that_source(void **unused)
{
    Text lines = {0};
    put(&lines, "%%\"loop\",\"op\":\"new\"}\n%%\"task\",\"task\":\"t1\"}\n"
                "%%\"line\",\"source\":\"s1\",\"line\":7,\"function\":\"caller\",\"task\":\"t1\"}\n"
                "%%\"line\",\"source\":\"s2\",\"line\":7,\"function\":\"other\",\"task\":\"t1\"}\n");
    for (int k = 0; k < 200; k++)
        put(&lines, "%%\"line\",\"source\":\"s1\",\"line\":3,\"function\":\"called\",\"task\":\"t1\"}\n");
    put(&lines, "%%\"leave\",\"source\":\"s1\",\"line\":7,\"function\":\"called\",\"task\":\"t1\"}\n");
    Bytes trace = make_trace(lines.text);
    free(lines.text);
    History *history = history_of(trace.text, trace.length);
    State state = {0};
    assert_true(state_at(&state, history, 204));
    assert_string_equal(state.tasks[0].function, "called");
    assert_true(state_at(&state, history, 205));
    assert_string_equal(state.tasks[0].function, "caller");
    state_clear(&state);
    history_free(history);
    free(trace.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backwards_equals_forwards_on_every_recording),
        cmocka_unit_test(backwards_equals_forwards_across_keyframes),
        cmocka_unit_test(going_back_leaves_states_behind_for_the_next_steps),
        cmocka_unit_test(at_most_one_runs_and_no_timer_is_in_the_queue),
        cmocka_unit_test(spans_and_states_agree),
        cmocka_unit_test(two_tasks_sleep_and_main_waits_for_both),
        cmocka_unit_test(a_task_that_gives_up_its_turn_runs_until_it_returns),
        cmocka_unit_test(what_is_done_before_the_wait_begins_leaves_the_task_ready),
        cmocka_unit_test(a_coroutine_driven_by_hand_is_a_lane_from_its_making),
        cmocka_unit_test(a_lane_found_late_is_in_earlier_states_too),
        cmocka_unit_test(lanes_found_late_are_the_same_grown_in_pieces_and_at_once),
        cmocka_unit_test(lanes_found_late_take_no_more_memory_than_events),
        cmocka_unit_test(a_switch_that_says_so_ends_a_coroutine_at_once),
        cmocka_unit_test(a_coroutine_that_nobody_went_back_to_stays_suspended_for_good),
        cmocka_unit_test(at_the_close_of_a_loop_who_waits_goes_on_and_who_was_queued_waits_on_nothing),
        cmocka_unit_test(a_call_that_returns_goes_back_to_the_function_at_that_line_of_that_source),
        cmocka_unit_test(with_a_loop_the_main_program_is_no_lane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
