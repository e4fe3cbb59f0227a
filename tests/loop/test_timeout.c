/*
 * test_timeout.c — timeout, timeout_at, reschedule: whose cancel was it?
 */
#include "support.h"

#include <string.h>

#include "scheduler.h"

static void say_value(Value value)
{
    char text[256];
    value_repr(value, text, sizeof text);
    say("%s", text);
}

static Value work(Value seconds)
{
    Value slept = await_sleep(loop_seconds((double)seconds.integer));
    say_value(slept);
    return slept;
}

static Value limited(Value seconds)
{
    bool expired;
    Timeout *limit = timeout_enter(loop_seconds(2));
    say("when:%d", (int)(timeout_when(limit) / loop_seconds(1)));
    Value outcome = timeout_exit(limit, work(seconds), &expired);
    say_value(outcome);
    say("expired:%d cancelling:%d", expired, task_cancelling(task_current()));
    return outcome;
}

static void what_ends_in_time_is_left_alone(void **state)
{
    assert_false(value_failed(run_traced(limited, value_int(1))));
    assert_said("when:2 None None expired:0 cancelling:0");
    assert_traced("\"callback\":\"Timeout._on_timeout\"");
    assert_traced("\"ev\":\"handle_cancel\",\"handle\":\"h2\"");
}

static void what_is_too_late_is_cancelled_and_that_is_a_timeout(void **state)
{
    assert_is(run_traced(limited, value_int(3)), TimeoutError);
    assert_said("when:2 CancelledError() TimeoutError() expired:1 cancelling:0");
    assert_traced("\"task\":\"t1\",\"how\":\"waiter\",\"count\":1");
    assert_traced("\"ev\":\"uncancel\",\"task\":\"t1\",\"count\":0");
}

static Value at_once(Value unused)
{
    Timeout *limit = timeout_enter(0);
    say("ready:%d", (int)ready_count(&loop_running()->ready));
    Value outcome = timeout_exit(limit, await_sleep(0), NULL);
    say_value(outcome);
    limit = timeout_enter_at(loop_time(loop_running()) - 5);
    outcome = timeout_exit(limit, await_sleep(loop_seconds(1)), NULL);
    say_value(outcome);
    return NONE;
}

static void one_that_is_over_stands_in_the_ready_queue_at_once(void **state)
{
    assert_false(value_failed(run_traced(at_once, NONE)));
    assert_said("ready:1 TimeoutError() TimeoutError()");
    assert_not_traced("\"ev\":\"timer\",\"handle\":\"h2\"");
}

static Value left_before(Value unused)
{
    bool expired;
    Timeout *limit = timeout_enter(0);
    say_value(timeout_exit(limit, NONE, &expired));
    say("expired:%d", expired);
    return await_sleep(0);
}

static void left_before_it_runs_it_never_runs(void **state)
{
    assert_false(value_failed(run_traced(left_before, NONE)));
    assert_said("None expired:0");
    assert_traced("\"skipped\":true");
}

static Value both(Value unused)
{
    Timeout *outer = timeout_enter(loop_seconds(1));
    Timeout *inner = timeout_enter(loop_seconds(2));
    bool expired;
    Value outcome = timeout_exit(inner, await_sleep(loop_seconds(3)), &expired);
    say_value(outcome);
    say("%d", expired);
    outcome = timeout_exit(outer, outcome, &expired);
    say_value(outcome);
    say("%d", expired);
    return NONE;
}

static void of_two_only_the_one_that_is_over_makes_the_error(void **state)
{
    assert_false(value_failed(run_traced(both, NONE)));
    assert_said("CancelledError() 0 TimeoutError() 1");
}

static Value at_the_same_time(Value unused)
{
    int64_t when = loop_seconds(1);
    Timeout *outer = timeout_enter_at(when);
    Timeout *inner = timeout_enter_at(when);
    Value outcome = timeout_exit(inner, await_sleep(loop_seconds(3)), NULL);
    say_value(outcome);
    say_value(timeout_exit(outer, outcome, NULL));
    say("%d", task_cancelling(task_current()));
    return NONE;
}

/* The inner one cannot take back more than its own cancel: one is left, which is the outer one's. */
static void two_at_the_same_time_are_the_outer_ones_matter(void **state)
{
    assert_false(value_failed(run_traced(at_the_same_time, NONE)));
    assert_said("CancelledError() TimeoutError() 0");
}

static Value in_a_block(Value unused)
{
    bool expired;
    Timeout *limit = timeout_enter(loop_seconds(2));
    Value outcome = timeout_exit(limit, await_sleep(loop_seconds(9)), &expired);
    say_value(outcome);
    say("%d", expired);
    return outcome;
}

static void cancel(void *task)
{
    task_cancel(task, "from outside");
}

static Value cancelled_as_well(Value unused)
{
    Task *task = task_create(coroutine(in_a_block, NONE));
    TRY(await_sleep(0));
    loop_call_at(loop_running(), loop_seconds(2), cancel, task);
    say_value(await_task(task));
    task_release(task);
    return NONE;
}

static void a_cancel_from_outside_is_stronger(void **state)
{
    assert_false(value_failed(run_traced(cancelled_as_well, NONE)));
    assert_said("CancelledError() 1 CancelledError()");
}

static Value swallowed_before(Value unused)
{
    task_cancel(task_current(), NULL);
    say_value(await_sleep(0));
    say("%d", task_cancelling(task_current()));
    in_a_block(NONE);
    say("%d", task_cancelling(task_current()));
    return NONE;
}

/* 3.11.7 remembers how often it had been cancelled; 3.11.2 did not. */
static void a_cancel_that_was_swallowed_before_does_not_matter(void **state)
{
    assert_false(value_failed(run_traced(swallowed_before, NONE)));
    assert_said("CancelledError() 1 TimeoutError() 1 1");
}

static Value swallowed_inside(Value unused)
{
    bool expired;
    Timeout *limit = timeout_enter(loop_seconds(1));
    say_value(await_sleep(loop_seconds(3)));
    say("expired:%d", timeout_expired(limit));
    say_value(timeout_reschedule(limit, loop_seconds(9)));
    say_value(timeout_exit(limit, value_int(5), &expired));
    say("%d%d", expired, task_cancelling(task_current()));
    return NONE;
}

static void a_block_that_swallows_the_cancel_has_a_result(void **state)
{
    assert_false(value_failed(run_traced(swallowed_inside, NONE)));
    assert_said("CancelledError() expired:1 RuntimeError('Cannot change state of expiring Timeout') 5 10");
}

static Value rescheduled(Value unused)
{
    Timeout *limit = timeout_enter(loop_seconds(1));
    say_value(timeout_reschedule(limit, loop_seconds(4)));
    say_value(await_sleep(loop_seconds(2)));
    timeout_reschedule(limit, LOOP_FOREVER);
    say("%d", (int)timeout_when(limit));
    say_value(await_sleep(loop_seconds(5)));
    timeout_reschedule(limit, loop_time(loop_running()));
    say_value(timeout_exit(limit, await_sleep(loop_seconds(5)), NULL));
    return NONE;
}

static void it_can_be_rescheduled_until_it_is_over(void **state)
{
    assert_false(value_failed(run_traced(rescheduled, NONE)));
    assert_said("None None -1 None TimeoutError()");
    assert_int_equal(program_time(), loop_seconds(7));
}

static void outside_a_task_there_is_none(void **state)
{
    bool expired = true;
    assert_null(timeout_enter(5));
    assert_null(timeout_enter_at(LOOP_FOREVER));
    assert_is(timeout_exit(NULL, NONE, &expired), MemoryError);
    assert_false(expired);
    assert_is(timeout_exit(NULL, value_exception(&ValueError, NULL), NULL), ValueError);
    assert_is(timeout_reschedule(NULL, 1), MemoryError);
}

static Value forgets_to_leave(Value seconds)
{
    timeout_enter(loop_seconds(1));
    timeout_enter(LOOP_FOREVER);
    return await_sleep(loop_seconds((double)seconds.integer));
}

static void a_task_that_ends_inside_gives_it_back(void **state)
{
    assert_false(value_failed(run_traced(forgets_to_leave, value_int(0))));
    assert_is(run_traced(forgets_to_leave, value_int(5)), CancelledError);
}

static Value left_in_the_wrong_order(Value unused)
{
    Timeout *outer = timeout_enter(loop_seconds(1));
    Timeout *inner = timeout_enter(loop_seconds(2));
    timeout_exit(outer, NONE, NULL);
    TRY(await_sleep(loop_seconds(1.5)));
    return timeout_exit(inner, await_sleep(loop_seconds(1.5)), NULL);
}

static void the_order_in_which_they_are_left_breaks_nothing(void **state)
{
    assert_is(run_traced(left_in_the_wrong_order, NONE), TimeoutError);
}

static Value stops_the_loop(Value unused)
{
    loop_stop(loop_running());
    return NONE;
}

static void a_dropped_block_leaves_nothing_behind(void **state)
{
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Task *waits = loop_create_task(loop, coroutine(in_a_block, NONE), NULL);
    Task *stops = loop_create_task(loop, coroutine(stops_the_loop, NONE), NULL);
    loop_run_forever(loop);
    task_release(waits);
    task_release(stops);
    loop_free(loop);
    assert_said("report:Task was destroyed but it is pending!");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(what_ends_in_time_is_left_alone),
        rule(what_is_too_late_is_cancelled_and_that_is_a_timeout),
        rule(one_that_is_over_stands_in_the_ready_queue_at_once),
        rule(left_before_it_runs_it_never_runs),
        rule(of_two_only_the_one_that_is_over_makes_the_error),
        rule(two_at_the_same_time_are_the_outer_ones_matter),
        rule(a_cancel_from_outside_is_stronger),
        rule(a_cancel_that_was_swallowed_before_does_not_matter),
        rule(a_block_that_swallows_the_cancel_has_a_result),
        rule(it_can_be_rescheduled_until_it_is_over),
        rule(outside_a_task_there_is_none),
        rule(a_task_that_ends_inside_gives_it_back),
        rule(the_order_in_which_they_are_left_breaks_nothing),
        rule(a_dropped_block_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
