/*
 * test_shield.c — shield: the waiter is cancelled, and what it waits for is not.
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

static Value sleeps(Value result)
{
    Value slept = await_sleep(loop_seconds(2));
    say("%s", value_failed(slept) ? "cancelled" : "slept");
    TRY(slept);
    return result;
}

static Value waits(Value task)
{
    Value outcome = await_shield(awaitable(task.future));
    say_value(outcome);
    return outcome;
}

static Value passes_on(Value result)
{
    Task *inner = task_create(coroutine(sleeps, result));
    Future *outer = shield(awaitable(inner));
    say_value(await_future(outer));
    assert_ptr_not_equal(outer, task_future(inner));
    future_release(outer);
    task_release(inner);
    return NONE;
}

static void it_ends_as_what_it_shields_does(void **state)
{
    run_traced(passes_on, value_int(5));
    assert_said("slept 5");
    assert_traced("\"of\":\"shield\",\"kids\":[\"t2\"]");
    fresh(NULL);
    run_traced(passes_on, value_exception(&ValueError, "boom"));
    assert_said("slept ValueError('boom')");
}

static Value of_done(Value unused)
{
    Future *future = loop_create_future(loop_running());
    future_set_result(future, value_int(3));
    Future *same = shield(awaitable(future));
    assert_ptr_equal(same, future);
    uint64_t before = loop_running()->iterations;
    say_value(await_shield(awaitable(future)));
    assert_int_equal(loop_running()->iterations, before);
    future_release(same);
    future_release(future);
    return NONE;
}

static void what_is_done_needs_no_shield(void **state)
{
    run_traced(of_done, NONE);
    assert_said("3");
}

static Value cancel_the_waiter(Value unused)
{
    Task *inner = task_create(coroutine(sleeps, value_int(5)));
    Task *waiter = task_create(coroutine(waits, value_task(inner)));
    TRY(await_sleep(loop_seconds(1)));
    task_cancel(waiter, "enough");
    say_value(await_task(waiter));
    say_value(await_task(inner));
    task_release(waiter);
    task_release(inner);
    return NONE;
}

static void the_waiter_is_cancelled_and_what_it_waits_for_goes_on(void **state)
{
    run_traced(cancel_the_waiter, NONE);
    assert_said("CancelledError('enough') CancelledError('enough') slept 5");
    assert_not_traced("\"ev\":\"cancel\",\"task\":\"t2\"");
    assert_int_equal(traced_times("\"ev\":\"callback_remove\""), 1);
}

static Value cancel_inside(Value unused)
{
    Task *inner = task_create(coroutine(sleeps, value_int(5)));
    Task *waiter = task_create(coroutine(waits, value_task(inner)));
    TRY(await_sleep(loop_seconds(1)));
    task_cancel(inner, NULL);
    say_value(await_task(waiter));
    say("%d", future_cancelled(task_future(waiter)));
    task_release(waiter);
    task_release(inner);
    return NONE;
}

static void a_cancel_of_what_is_inside_goes_through(void **state)
{
    run_traced(cancel_inside, NONE);
    assert_said("cancelled CancelledError() CancelledError() 1");
}

static Value nobody_waits(Value unused)
{
    log_reports(loop_running());
    Task *inner = task_create(coroutine(sleeps, value_exception(&ValueError, "boom")));
    future_release(shield(awaitable(inner)));
    task_release(inner);
    return await_sleep(loop_seconds(5));
}

/* The outer future lives until the inner one has told it. */
static void a_failure_that_nobody_sees_is_the_outer_futures(void **state)
{
    run_traced(nobody_waits, NONE);
    assert_said("slept report:Future exception was never retrieved");
}

static Value waiter_gone(Value unused)
{
    log_reports(loop_running());
    Task *inner = task_create(coroutine(sleeps, value_exception(&ValueError, "boom")));
    Task *waiter = task_create(coroutine(waits, value_task(inner)));
    task_release(inner);
    TRY(await_sleep(loop_seconds(1)));
    task_cancel(waiter, NULL);
    task_release(waiter);
    return await_sleep(loop_seconds(5));
}

static void a_failure_after_the_cancel_is_the_inner_futures(void **state)
{
    run_traced(waiter_gone, NONE);
    assert_said("CancelledError() slept report:Task exception was never retrieved");
}

static Value forgotten(Value unused)
{
    Future *inner = loop_create_future(loop_running());
    future_release(shield(awaitable(inner)));
    Future *outer = shield(awaitable(inner));
    future_release(inner);
    future_cancel(outer, NULL);
    TRY(await_sleep(0));
    future_release(outer);
    return NONE;
}

static void futures_that_everybody_forgot_go(void **state)
{
    assert_false(value_failed(run_traced(forgotten, NONE)));
}

static void without_a_loop_or_a_task_there_is_none(void **state)
{
    assert_null(shield(awaitable((Future *)NULL)));
    assert_is(await_shield(awaitable((Future *)NULL)), RuntimeError);
}

static Value of_nothing(Value unused)
{
    return await_shield(awaitable((Future *)NULL));
}

static void of_nothing_is_out_of_memory(void **state)
{
    assert_is(run_traced(of_nothing, NONE), MemoryError);
}

static Value of_coroutine(Value unused)
{
    return await_shield(awaitable(coroutine(sleeps, value_int(8))));
}

static Value stops_the_loop(Value unused)
{
    loop_stop(loop_running());
    return NONE;
}

static void a_coroutine_becomes_a_task(void **state)
{
    assert_int_equal(run_traced(of_coroutine, NONE).integer, 8);
}

static void a_dropped_wait_leaves_nothing_behind(void **state)
{
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Task *waits_long = loop_create_task(loop, coroutine(of_coroutine, NONE), NULL);
    Task *stops = loop_create_task(loop, coroutine(stops_the_loop, NONE), NULL);
    loop_run_forever(loop);
    task_release(waits_long);
    task_release(stops);
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(it_ends_as_what_it_shields_does),
        rule(what_is_done_needs_no_shield),
        rule(the_waiter_is_cancelled_and_what_it_waits_for_goes_on),
        rule(a_cancel_of_what_is_inside_goes_through),
        rule(a_failure_that_nobody_sees_is_the_outer_futures),
        rule(a_failure_after_the_cancel_is_the_inner_futures),
        rule(futures_that_everybody_forgot_go),
        rule(without_a_loop_or_a_task_there_is_none),
        rule(of_nothing_is_out_of_memory),
        rule(a_coroutine_becomes_a_task),
        rule(a_dropped_wait_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
