/*
 * test_loop.c — the iteration: queue, timers, select, stop.
 */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "scheduler.h"

static Loop *loop;

static int with_loop(void **state)
{
    fresh(state);
    loop = loop_new(NULL);
    log_reports(loop);
    return 0;
}

static int without_loop(void **state)
{
    loop_free(loop);
    return 0;
}

static void speak(void *word)
{
    say("%s", (const char *)word);
}

static void stop(void *unused)
{
    loop_stop(loop);
}

static void call_soon_is_first_in_first_out(void **state)
{
    loop_call_soon(loop, speak, "a");
    loop_call_soon(loop, speak, "b");
    loop_call_soon(loop, speak, "c");
    loop_call_soon(loop, stop, NULL);
    assert_false(value_failed(loop_run_forever(loop)));
    assert_said("a b c");
}

static void speak_later(void *word)
{
    say("%s", (const char *)word);
    loop_call_soon(loop, speak, "next");
    loop_stop(loop);
}

static void what_is_queued_meanwhile_waits_for_the_next_iteration(void **state)
{
    loop_call_soon(loop, speak_later, "a");
    loop_call_soon(loop, speak, "b");
    loop_run_forever(loop);
    assert_said("a b"); /* stopped after the iteration: the rest stays */
    loop_stop(loop);
    loop_run_forever(loop);
    assert_said("a b next");
}

static void stop_before_run_leaves_after_one_iteration(void **state)
{
    loop_call_soon(loop, speak, "a");
    loop_stop(loop);
    assert_false(value_failed(loop_run_forever(loop)));
    assert_said("a");
    assert_int_equal(loop->iterations, 1);
}

static void queue_and_timer(void *unused)
{
    loop_call_later(loop, 0, speak, "timer");
    loop_call_soon(loop, speak, "soon");
}

static void a_timer_of_zero_joins_the_next_poll_after_what_is_queued(void **state)
{
    loop_call_soon(loop, queue_and_timer, NULL);
    loop_run_forever(loop);
    assert_said("soon timer");
    assert_int_equal(loop->iterations, 3); /* the third is the one that finds nothing */
}

static void timers_fire_by_time_and_equal_ones_by_creation(void **state)
{
    static char names[][3] = {"0", "1", "2", "3", "4", "5"};
    loop_call_later(loop, 20, speak, "late");
    for (int k = 0; k < 6; k++)
        loop_call_later(loop, 10, speak, names[k]);
    loop_call_later(loop, 5, speak, "early");
    loop_run_forever(loop);
    assert_said("early 0 1 2 3 4 5 late");
    assert_int_equal(loop_time(loop), 20);
}

static void timers_of_one_moment_run_in_one_iteration(void **state)
{
    loop_call_at(loop, 10, speak, "a");
    loop_call_at(loop, 10, speak, "b");
    loop_run_forever(loop);
    assert_said("a b");
    assert_int_equal(loop->iterations, 2);
}

static void a_cancelled_handle_is_skipped(void **state)
{
    Handle *handle = loop_call_soon(loop, speak, "never");
    loop_call_soon(loop, speak, "b");
    handle_cancel(handle);
    assert_true(handle_cancelled(handle));
    loop_run_forever(loop);
    assert_said("b");
}

static void a_cancelled_timer_at_the_top_does_not_move_the_clock(void **state)
{
    Handle *handle = loop_call_later(loop, loop_seconds(3), speak, "never");
    handle_cancel(handle);
    handle_cancel(handle);
    assert_is(loop_run_forever(loop), StuckError);
    assert_int_equal(loop_time(loop), 0);
    assert_int_equal(loop->timers.cancelled, 0);
    assert_said("");
}

/* Below the top a cancelled timer stays, and select still waits for it. */
static void a_cancelled_timer_below_the_top_stays_until_it_is_the_top(void **state)
{
    loop_call_later(loop, 1, speak, "first");
    Handle *handle = loop_call_later(loop, 2, speak, "never");
    loop_call_later(loop, 3, speak, "last");
    handle_cancel(handle);
    loop_stop(loop);
    loop_run_forever(loop);
    assert_int_equal(loop->timers.count, 3);
    loop_run_forever(loop);
    assert_said("first last");
}

static void many_cancelled_timers_are_dropped_at_once(void **state)
{
    Handle *handles[120];
    for (int k = 0; k < 120; k++)
        handles[k] = handle_keep(loop_call_later(loop, 1000 + k, speak, "never"));
    for (int k = 0; k < 60; k++)
        handle_cancel(handles[k * 2 + 1]);
    loop_stop(loop);
    loop_run_forever(loop);
    assert_int_equal(loop->timers.count, 120); /* 60 of 120 are not more than half */
    handle_cancel(handles[2]);
    loop_stop(loop);
    loop_run_forever(loop);
    assert_int_equal(loop->timers.count, 59);
    assert_int_equal(loop->timers.cancelled, 0);
    for (int k = 0; k < 120; k++)
        handle_cancel(handles[k]);
    loop_run_forever(loop);
    assert_said("");
    for (int k = 0; k < 120; k++)
        handle_release(handles[k]);
}

/* As in CPython: a cancelled timer that leaves because it is due stays counted. */
static void a_cancelled_timer_that_was_due_still_counts(void **state)
{
    loop_call_later(loop, 10, speak, "due");
    for (int k = 0; k < 60; k++)
        handle_cancel(loop_call_later(loop, 10, speak, "never"));
    loop_call_later(loop, 20, stop, NULL);
    loop_run_forever(loop);
    assert_int_equal(loop->timers.count, 0);
    for (int k = 0; k < 101; k++)
        loop_call_later(loop, 20, speak, "");
    handle_cancel(loop_call_later(loop, 30, speak, "never"));
    loop_stop(loop);
    loop_run_forever(loop);
    assert_int_equal(loop->timers.count, 101);
    assert_said("due");
}

static int order_seen, order_broken;

static void in_order(void *number)
{
    order_broken += *(int *)number != order_seen++;
}

static void the_queue_keeps_its_order_when_it_grows(void **state)
{
    static int numbers[500];
    order_seen = order_broken = 0;
    for (int k = 0; k < 20; k++)
        loop_call_soon(loop, speak, "x"); /* so that the ring does not begin at its first slot */
    loop_run_forever(loop);
    for (int k = 0; k < 500; k++) {
        numbers[k] = k;
        loop_call_soon(loop, in_order, &numbers[k]);
    }
    loop_run_forever(loop);
    assert_int_equal(order_seen, 500);
    assert_int_equal(order_broken, 0);
}

static void the_heap_sorts(void **state)
{
    enum { COUNT = 2000 };
    uint64_t random = 7;
    for (int k = 0; k < COUNT; k++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        loop_call_at(loop, (int64_t)(random >> 40), stop, NULL);
    }
    int64_t last = 0;
    while (loop->timers.count) {
        loop_run_forever(loop);
        assert_true(loop_time(loop) >= last);
        last = loop_time(loop);
    }
}

typedef struct Due {
    int64_t when;
    int number;
    Handle *handle;
} Due;

static int fired_count, fired[4000];

static void note_fired(void *due)
{
    fired[fired_count++] = ((Due *)due)->number;
}

static int by_time_and_number(const void *a, const void *b)
{
    const Due *first = a, *second = b;
    if (first->when != second->when)
        return first->when < second->when ? -1 : 1;
    return first->number - second->number;
}

/* Whichever of them were cancelled, few or so many that all are dropped at once. */
static void among_thousands_equal_ones_still_fire_by_creation(void **state)
{
    enum { COUNT = 4000 };
    static Due dues[COUNT], expected[COUNT];
    for (unsigned cancelled = 0; cancelled <= 90; cancelled += 30) {
        uint64_t random = cancelled;
        int kept = 0;
        for (int k = 0; k < COUNT; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            dues[k] = (Due){.when = loop_time(loop) + (int64_t)(random >> 58), .number = k};
            dues[k].handle = loop_call_at(loop, dues[k].when, note_fired, &dues[k]);
        }
        for (int k = 0; k < COUNT; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            if ((random >> 33) % 100 < cancelled)
                handle_cancel(dues[k].handle);
            else
                expected[kept++] = dues[k];
        }
        qsort(expected, (size_t)kept, sizeof *expected, by_time_and_number);
        fired_count = 0;
        loop_run_forever(loop);
        assert_int_equal(fired_count, kept);
        for (int k = 0; k < kept; k++)
            assert_int_equal(fired[k], expected[k].number);
    }
}

static void a_select_waits_a_day_at_most(void **state)
{
    Trace *trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    loop_free(loop);
    loop = loop_new(NULL);
    loop_call_later(loop, loop_seconds(100000), stop, NULL);
    loop_run_forever(loop);
    assert_non_null(strstr(trace_text(trace, NULL), "\"timeout\":86400000000000}"));
    assert_non_null(strstr(trace_text(trace, NULL), "\"timeout\":13600000000000}"));
    assert_int_equal(loop_time(loop), loop_seconds(100000));
    trace_close(trace, "exit", 0);
}

static void a_loop_with_nothing_to_wait_for_is_stuck_and_says_so(void **state)
{
    assert_is(loop_run_forever(loop), StuckError);
    loop_call_soon(loop, speak, "again");
    assert_is(loop_run_forever(loop), StuckError); /* and can run again */
    assert_said("again");
}

static void a_closed_loop_refuses(void **state)
{
    Future *future = loop_create_future(loop);
    loop_close(loop);
    loop_close(loop);
    assert_is(loop_run_forever(loop), RuntimeError);
    assert_string_equal(loop_run_until_complete(loop, future).message, "Event loop is closed");
    assert_null(loop_call_soon(loop, speak, "x"));
    assert_null(loop_call_later(loop, 1, speak, "x"));
    future_release(future);
}

static void run_inside(void *unused)
{
    Value again = loop_run_forever(loop);
    say("%s", again.message);
    Loop *other = loop_new(NULL);
    say("%s", loop_run_forever(other).message);
    loop_free(other);
    loop_close(loop); /* not while it runs */
    loop_stop(loop);
}

static void only_one_loop_runs_in_a_thread(void **state)
{
    loop_call_soon(loop, run_inside, NULL);
    assert_false(value_failed(loop_run_forever(loop)));
    assert_said("This event loop is already running Cannot run the event loop while another loop is running");
    assert_null(loop_running());
    assert_false(loop->closed);
}

static void closing_drops_queue_and_timers(void **state)
{
    loop_call_soon(loop, speak, "queued");
    loop_call_later(loop, 1, speak, "timer");
    Handle *kept = handle_keep(loop_call_later(loop, 2, speak, "kept"));
    loop_close(loop);
    assert_said("");
    handle_cancel(kept);
    handle_release(kept);
}

static void stops_early(Future *future, void *unused)
{
    loop_stop(loop);
}

static void a_loop_stopped_before_the_future_is_done_is_an_error(void **state)
{
    Future *future = loop_create_future(loop);
    Future *other = loop_create_future(loop);
    future_add_done_callback(other, stops_early, NULL);
    future_set_result(other, NONE);
    Value result = loop_run_until_complete(loop, future);
    assert_is(result, RuntimeError);
    assert_string_equal(result.message, "Event loop stopped before Future completed.");
    future_release(future);
    future_release(other);
}

static void a_future_of_another_loop_is_refused(void **state)
{
    Loop *other = loop_new(NULL);
    Future *future = loop_create_future(other);
    assert_is(loop_run_until_complete(loop, future), ValueError);
    future_release(future);
    loop_free(other);
}

static void the_real_clock_waits(void **state)
{
    Loop *real = loop_new(&(LoopOptions){.clock = CLOCK_REAL});
    int64_t start = loop_time(real);
    loop_call_later(real, 3000000, speak, "b");
    loop_call_later(real, 1000000, speak, "a");
    assert_is(loop_run_forever(real), StuckError);
    assert_said("a b");
    assert_true(loop_time(real) - start >= 3000000);
    loop_free(real);
}

static void blocking_sleep_moves_virtual_time_without_anybody_running(void **state)
{
    loop_call_later(loop, 5, speak, "due");
    blocking_sleep(loop_seconds(1));
    assert_int_equal(program_time(), loop_seconds(1));
    assert_said("");
    loop_run_forever(loop);
    assert_said("due");
    assert_int_equal(loop_time(loop), loop_seconds(1));
}

static void delays_never_overflow(void **state)
{
    blocking_sleep(10);
    assert_int_equal(clock_add(INT64_MAX - 5, 10), INT64_MAX);
    assert_int_equal(clock_add(INT64_MIN + 5, -10), INT64_MIN);
    assert_int_equal(clock_add(5, -10), -5); /* a negative delay is a time that has passed, as in CPython */
    assert_int_equal(loop_seconds(1e30), INT64_MAX);
    assert_int_equal(loop_seconds(0.1), 100000000);
    assert_int_equal(loop_seconds(1.0 / 3), 333333333);
}

int main(void)
{
#define on_a_loop(name) cmocka_unit_test_setup_teardown(name, with_loop, without_loop)
    const struct CMUnitTest tests[] = {
        on_a_loop(call_soon_is_first_in_first_out),
        on_a_loop(what_is_queued_meanwhile_waits_for_the_next_iteration),
        on_a_loop(stop_before_run_leaves_after_one_iteration),
        on_a_loop(a_timer_of_zero_joins_the_next_poll_after_what_is_queued),
        on_a_loop(timers_fire_by_time_and_equal_ones_by_creation),
        on_a_loop(timers_of_one_moment_run_in_one_iteration),
        on_a_loop(a_cancelled_handle_is_skipped),
        on_a_loop(a_cancelled_timer_at_the_top_does_not_move_the_clock),
        on_a_loop(a_cancelled_timer_below_the_top_stays_until_it_is_the_top),
        on_a_loop(many_cancelled_timers_are_dropped_at_once),
        on_a_loop(a_cancelled_timer_that_was_due_still_counts),
        on_a_loop(the_queue_keeps_its_order_when_it_grows),
        on_a_loop(the_heap_sorts),
        on_a_loop(among_thousands_equal_ones_still_fire_by_creation),
        on_a_loop(a_select_waits_a_day_at_most),
        on_a_loop(a_loop_with_nothing_to_wait_for_is_stuck_and_says_so),
        on_a_loop(a_closed_loop_refuses),
        on_a_loop(only_one_loop_runs_in_a_thread),
        on_a_loop(closing_drops_queue_and_timers),
        on_a_loop(a_loop_stopped_before_the_future_is_done_is_an_error),
        on_a_loop(a_future_of_another_loop_is_refused),
        on_a_loop(the_real_clock_waits),
        on_a_loop(blocking_sleep_moves_virtual_time_without_anybody_running),
        on_a_loop(delays_never_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
