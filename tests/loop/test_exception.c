/*
 * test_exception.c — kinds of exceptions and groups of them; what ends the loop's run; callbacks that fail.
 */
#include "support.h"

#include <string.h>

#include "value.h"

static const char *repr(Value value)
{
    static char text[512];
    value_repr(value, text, sizeof text);
    return text;
}

static const char *description(Value value)
{
    static char text[512];
    value_describe(value, text, sizeof text);
    return text;
}

/* -------------------------------------------------------------------------------------------------- groups
 */

static void a_group_reads_as_in_python(void **state)
{
    Value errors[] = {value_exception(&ValueError, "one"), value_exception(&TypeError, NULL)};
    Value group = value_exception_group("unhandled errors", errors, 2);
    assert_is(group, ExceptionGroup);
    assert_string_equal(repr(group), "ExceptionGroup('unhandled errors', [ValueError('one'), TypeError()])");
    assert_string_equal(description(group), "ExceptionGroup: unhandled errors (2 sub-exceptions)");
    Value outer = value_exception_group(NULL, &group, 1);
    assert_string_equal(description(outer), "ExceptionGroup:  (1 sub-exception)");
}

static void a_group_can_be_taken_apart(void **state)
{
    Value errors[] = {value_exception(&ValueError, "one"), value_exception(&TypeError, "two")};
    Value group = value_exception_group("", errors, 2);
    errors[0] = NONE; /* they were copied */
    assert_true(value_is_group(group));
    assert_int_equal(value_group_count(group), 2);
    assert_is(value_group_error(group, 0), ValueError);
    assert_string_equal(value_group_error(group, 1).message, "two");
    assert_int_equal(value_group_error(group, 2).kind, VALUE_NONE);
    assert_int_equal(value_group_count(errors[1]), 0);
    assert_int_equal(value_group_error(NONE, 0).kind, VALUE_NONE);
}

static void one_base_exception_makes_a_base_group(void **state)
{
    Value errors[] = {value_exception(&ValueError, NULL), value_exception(&CancelledError, NULL)};
    assert_is(value_exception_group("m", errors, 1), ExceptionGroup);
    Value group = value_exception_group("m", errors, 2);
    assert_is(group, BaseExceptionGroup);
    assert_true(value_is_group(group));
    assert_is(value_exception_group("m", &group, 1), BaseExceptionGroup);
}

static void a_group_of_nothing_or_of_no_exceptions_is_refused(void **state)
{
    Value number = value_int(5);
    assert_is(value_exception_group("m", NULL, 2), ValueError);
    assert_is(value_exception_group("m", &number, 0), ValueError);
    assert_is(value_exception_group("m", &number, 1), TypeError);
}

static void only_value_exception_group_makes_groups(void **state)
{
    assert_is(value_exception(&ExceptionGroup, "m"), TypeError);
    assert_is(value_exception(&BaseExceptionGroup, "m"), TypeError);
}

/* --------------------------------------------------------------------------------------- StopIteration */

static Value stops(Value unused)
{
    return value_exception(&StopIteration, NULL);
}

static Value awaits_stop(Value unused)
{
    say("%s", await_coroutine(coroutine(stops, NONE)).message);
    Future *future = loop_create_future(loop_running());
    say("%s", future_set_exception(future, value_exception(&StopIteration, NULL)).exception->name);
    future_release(future);
    return stops(NONE);
}

static void a_stop_iteration_cannot_leave_a_coroutine_or_enter_a_future(void **state)
{
    Value result = run_traced(awaits_stop, NONE);
    assert_is(result, RuntimeError);
    assert_string_equal(result.message, "coroutine raised StopIteration");
    assert_said("coroutine raised StopIteration TypeError");
}

/* ------------------------------------------------------------------------------------ what ends the run */

static Value says(Value word)
{
    say("%s", word.text);
    Value slept = await_sleep(loop_seconds(1));
    say("%s:%s", word.text, value_failed(slept) ? slept.exception->name : "slept");
    return slept;
}

static Value interrupts(Value unused)
{
    return value_exception(&KeyboardInterrupt, NULL);
}

static Value starts_three(Value unused)
{
    task_release(task_create(coroutine(says, value_text("a"))));
    task_release(task_create(coroutine(interrupts, NONE)));
    task_release(task_create(coroutine(says, value_text("b"))));
    return await_sleep(loop_seconds(5));
}

/* What stands behind it in the batch runs in the shutdown: too late for b's body to begin. */
static void a_keyboard_interrupt_ends_the_run_in_the_middle_of_a_batch(void **state)
{
    assert_is(run_traced(starts_three, NONE), KeyboardInterrupt);
    assert_said("a a:CancelledError");
    assert_traced("\"op\":\"return\"");
    assert_int_equal(program_time(), 0);
}

static Value exits(Value unused)
{
    return value_exception(&SystemExit, "3");
}

static void a_system_exit_of_main_is_the_result_and_its_stop_is_not_missed(void **state)
{
    Value result = run_traced(exits, NONE);
    assert_is(result, SystemExit);
    assert_string_equal(result.message, "3");
    assert_int_equal(traced_times("\"op\":\"stop\""), 2);
    assert_int_equal(iterations(),
                     1 + 4); /* main's own callback, in the second, does not stop the shutdown */
    assert_not_traced("never retrieved");
}

static Value interrupted_later(Value unused)
{
    await_sleep(loop_seconds(1));
    return value_exception(&KeyboardInterrupt, NULL);
}

static void run_until_complete_can_be_called_again_after_an_interrupt(void **state)
{
    Loop *loop = loop_new(NULL);
    Task *slow = loop_create_task(loop, coroutine(says, value_text("slow")), NULL);
    Task *task = loop_create_task(loop, coroutine(interrupted_later, NONE), NULL);
    assert_is(loop_run_until_complete(loop, task_future(slow)), KeyboardInterrupt);
    assert_is(future_exception(task_future(task)), KeyboardInterrupt);
    assert_false(value_failed(loop_run_until_complete(loop, task_future(slow))));
    assert_said("slow slow:slept");
    task_release(task);
    task_release(slow);
    loop_free(loop);
}

/* -------------------------------------------------------------------------------------- failing callbacks */

static void fails(void *exception)
{
    callback_failed(*(Value *)exception);
}

static void fails_when_done(Future *future, void *exception)
{
    callback_failed(*(Value *)exception);
}

static Value calls(Value exception)
{
    Loop *loop = loop_running();
    log_reports(loop);
    loop_call_soon(loop, fails, exception.pointer);
    TRY(await_sleep(0));
    say("on");
    Future *future = loop_create_future(loop);
    future_add_done_callback(future, fails_when_done, exception.pointer);
    future_set_result(future, value_int(1));
    TRY(await_sleep(0));
    future_release(future);
    callback_failed(value_exception(&ValueError, "not in a callback"));
    say("and on");
    return NONE;
}

static void a_callback_that_fails_is_reported_and_the_loop_goes_on(void **state)
{
    Value exception = value_exception(&ValueError, "boom");
    assert_false(value_failed(run_traced(calls, value_pointer(&exception, NULL))));
    assert_said("report:Exception in callback fails() on report:Exception in callback "
                "fails_when_done(<Future finished result=1>) and on");
    assert_traced("\"exception\":\"ValueError: boom\"");
}

static void a_callback_that_interrupts_ends_the_run(void **state)
{
    Value exception = value_exception(&KeyboardInterrupt, NULL);
    assert_is(run_traced(calls, value_pointer(&exception, NULL)), KeyboardInterrupt);
    assert_said("");
    assert_not_traced("Exception in callback");
}

static void no_exception_is_no_failure(void **state)
{
    Value none = NONE;
    assert_false(value_failed(run_traced(calls, value_pointer(&none, NULL))));
    assert_said("on and on");
}

static Value asks_the_handler(Value unused)
{
    log_reports(loop_running());
    loop_call_exception_handler(loop_running(), "by hand", NONE, NULL);
    loop_call_exception_handler(loop_running(), NULL, NONE, NULL);
    loop_call_exception_handler(NULL, "nobody", NONE, NULL);
    return NONE;
}

static void the_handler_can_be_called_by_hand(void **state)
{
    run_traced(asks_the_handler, NONE);
    assert_said("report:by hand report:Unhandled exception in event loop");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_group_reads_as_in_python),
        rule(a_group_can_be_taken_apart),
        rule(one_base_exception_makes_a_base_group),
        rule(a_group_of_nothing_or_of_no_exceptions_is_refused),
        rule(only_value_exception_group_makes_groups),
        rule(a_stop_iteration_cannot_leave_a_coroutine_or_enter_a_future),
        rule(a_keyboard_interrupt_ends_the_run_in_the_middle_of_a_batch),
        rule(a_system_exit_of_main_is_the_result_and_its_stop_is_not_missed),
        rule(run_until_complete_can_be_called_again_after_an_interrupt),
        rule(a_callback_that_fails_is_reported_and_the_loop_goes_on),
        rule(a_callback_that_interrupts_ends_the_run),
        rule(no_exception_is_no_failure),
        rule(the_handler_can_be_called_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
