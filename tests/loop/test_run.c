/*
 * test_run.c — loop_run: asyncio.run and its shutdown, stuck.
 */
#include "support.h"

#include <string.h>

static Value nothing(Value unused)
{
    return NONE;
}

static void the_smallest_program_has_six_iterations_and_six_handles(void **state)
{
    assert_false(value_failed(run_traced(nothing, NONE)));
    assert_int_equal(iterations(), 6);
    assert_int_equal(handles_run(), 6);
    assert_traced("\"name\":\"Task-2\",\"coroutine\":\"BaseEventLoop.shutdown_asyncgens\"");
    assert_traced("\"name\":\"Task-3\",\"coroutine\":\"BaseEventLoop.shutdown_default_executor\"");
    assert_traced("\"defined\":[\"loop/runner.c\",");
    assert_traced("\"op\":\"close\"");
}

static Value gives_text(Value unused)
{
    return value_text(text_format("%s-%d", "text", 5));
}

static void a_text_result_lives_until_the_next_run(void **state)
{
    Value result = run_traced(gives_text, NONE);
    assert_string_equal(result.text, "text-5");
}

static Value sleeps_long(Value word)
{
    Value result = await_sleep(loop_seconds(100));
    say("%s:%s", word.text, value_failed(result) ? "cancelled" : "slept");
    return result;
}

static Value leaves_tasks(Value unused)
{
    task_release(task_create(coroutine(sleeps_long, value_text("a"))));
    task_release(task_create(coroutine(sleeps_long, value_text("b"))));
    TRY(await_sleep(0));
    say("main-ends");
    return NONE;
}

/* Main: 3 iterations. The cancelled tasks run in one, their callbacks in the next, then the stop of the
   gather's run; two for each of the other two tasks. */
static void what_is_left_is_cancelled_in_order_and_waited_for(void **state)
{
    assert_false(value_failed(run_traced(leaves_tasks, NONE)));
    assert_said("main-ends a:cancelled b:cancelled");
    assert_int_equal(program_time(), 0);
    assert_traced("\"of\":\"gather\",\"kids\":[\"t2\",\"t3\"]");
    assert_int_equal(iterations(), 3 + 3 + 4);
}

static Value takes_its_time(Value unused)
{
    await_sleep(loop_seconds(100));
    TRY(await_sleep(loop_seconds(1)));
    say("slow");
    return NONE;
}

static Value leaves_a_slow_one(Value unused)
{
    task_release(task_create(coroutine(sleeps_long, value_text("a"))));
    task_release(task_create(coroutine(takes_its_time, NONE)));
    return await_sleep(0);
}

static void the_shutdown_waits_for_the_slowest(void **state)
{
    assert_false(value_failed(run_traced(leaves_a_slow_one, NONE)));
    assert_said("a:cancelled slow");
    assert_not_traced("destroyed");
    assert_int_equal(program_time(), loop_seconds(1));
}

static Value fails_when_cancelled(Value unused)
{
    await_sleep(loop_seconds(100));
    return value_exception(&ValueError, "while leaving");
}

static Value leaves_a_bad_one(Value unused)
{
    task_release(task_create(coroutine(fails_when_cancelled, NONE)));
    return await_sleep(0);
}

static void a_failure_during_shutdown_is_reported(void **state)
{
    assert_false(value_failed(run_traced(leaves_a_bad_one, NONE)));
    assert_traced("\"message\":\"unhandled exception during asyncio.run() "
                  "shutdown\",\"exception\":\"ValueError: while leaving\"");
}

static Value raises(Value unused)
{
    return value_exception(&ValueError, "main");
}

static void the_exception_of_main_is_the_result_and_the_shutdown_still_runs(void **state)
{
    assert_is(run_traced(raises, NONE), ValueError);
    assert_int_equal(iterations(), 6);
    assert_not_traced("\"ev\":\"exception\"");
}

static Value run_in_run(Value unused)
{
    return loop_run(coroutine(nothing, NONE));
}

static void a_run_inside_a_run_is_refused(void **state)
{
    Value result = run_traced(run_in_run, NONE);
    assert_is(result, RuntimeError);
    assert_string_equal(result.message, "asyncio.run() cannot be called from a running event loop");
    assert_traced("\"never_awaited\":true");
}

static Future *never; /* a coroutine that is dropped while it waits gives nothing back itself */

static Value waits_for_ever(Value unused)
{
    never = loop_create_future(loop_running());
    return await_future(never);
}

static void a_future_that_nobody_completes_is_stuck_after_one_handle(void **state)
{
    assert_is(run_traced(waits_for_ever, NONE), StuckError);
    assert_int_equal(iterations(), 2);
    assert_int_equal(handles_run(), 1);
    assert_traced("\"ev\":\"select\",\"timeout\":null}");
    assert_traced("\"ev\":\"stuck\",\"why\":\"stuck\",\"tasks\":[[\"t1\",\"f1\"]]}");
    assert_not_traced("destroyed"); /* it was named already */
    future_release(never);
}

static Value raises_after_a_second(Value unused)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "unseen");
}

static Value starts_and_waits_for_ever(Value unused)
{
    task_release(task_create(coroutine(raises_after_a_second, NONE)));
    return waits_for_ever(NONE);
}

static void a_failure_that_nobody_saw_is_reported_when_it_is_dropped(void **state)
{
    assert_is(run_traced(starts_and_waits_for_ever, NONE), StuckError);
    assert_traced("\"message\":\"Task exception was never retrieved\",\"exception\":\"ValueError: "
                  "unseen\",\"future\":\"t2\"");
    future_release(never);
}

static void a_run_leaves_the_thread_ready_for_the_next(void **state)
{
    run_traced(nothing, NONE);
    size_t first = strlen(traced());
    fresh(NULL);
    run_traced(nothing, NONE);
    assert_int_equal(strlen(traced()), first);
    assert_null(loop_running());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(the_smallest_program_has_six_iterations_and_six_handles),
        rule(a_text_result_lives_until_the_next_run),
        rule(what_is_left_is_cancelled_in_order_and_waited_for),
        rule(the_shutdown_waits_for_the_slowest),
        rule(a_failure_during_shutdown_is_reported),
        rule(the_exception_of_main_is_the_result_and_the_shutdown_still_runs),
        rule(a_run_inside_a_run_is_refused),
        rule(a_future_that_nobody_completes_is_stuck_after_one_handle),
        rule(a_failure_that_nobody_saw_is_reported_when_it_is_dropped),
        rule(a_run_leaves_the_thread_ready_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
