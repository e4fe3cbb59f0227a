/*
 * test_task.c — tasks: steps, wake-ups, names, cancelling.
 */
#include "support.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------ life */

static Value say_it(Value word)
{
    say("%s", word.text);
    return word;
}

static Value create_then_speak(Value unused)
{
    Task *task = task_create(coroutine(say_it, value_text("body")));
    say("made");
    Value result = await_task(task);
    say("got:%s", result.text);
    task_release(task);
    return NONE;
}

static void create_task_only_queues(void **state)
{
    assert_false(value_failed(run_traced(create_then_speak, NONE)));
    assert_said("made body got:body");
    assert_traced("\"what\":\"step\",\"task\":\"t2\",\"why\":\"start\"");
}

static Value note_iteration(Value unused)
{
    Task *task = task_create(coroutine(say_it, value_text("x")));
    TRY(await_task(task));
    task_release(task);
    return NONE;
}

/* 1: main creates and waits; 2: the task ends, the wake-up is queued; 3: main goes on and ends; 4: stop.
   Then two iterations for each of the two shutdown tasks. */
static void a_waiting_task_resumes_one_iteration_after_the_last_step_of_the_awaited(void **state)
{
    run_traced(note_iteration, NONE);
    assert_int_equal(iterations(), 4 + 4);
    assert_int_equal(handles_run(), 4 + 4);
    assert_traced("\"what\":\"wakeup\",\"task\":\"t1\",\"future\":\"t2\"");
}

static Value twice(Value word)
{
    say("%s1", word.text);
    TRY(await_sleep(0));
    say("%s2", word.text);
    return NONE;
}

static Value two_in_turn(Value unused)
{
    Task *a = task_create(coroutine(twice, value_text("a")));
    Task *b = task_create(coroutine(twice, value_text("b")));
    TRY(await_task(a));
    TRY(await_task(b));
    task_release(a);
    task_release(b);
    return NONE;
}

static void a_bare_yield_goes_to_the_end_of_the_queue(void **state)
{
    assert_false(value_failed(run_traced(two_in_turn, NONE)));
    assert_said("a1 b1 a2 b2");
    assert_traced("\"task\":\"t2\",\"why\":\"yield\"");
    assert_traced("\"state\":\"ready\",\"chain\":[[\"twice\",");
}

static Value raises(Value unused)
{
    return value_exception(&ValueError, "no");
}

static Value await_failing(Value unused)
{
    Task *task = task_create(coroutine(raises, NONE));
    Value result = await_task(task);
    task_release(task);
    return result;
}

static void an_exception_travels_through_await_and_run(void **state)
{
    Value result = run_traced(await_failing, NONE);
    assert_is(result, ValueError);
    assert_string_equal(result.message, "no");
    assert_traced("\"ev\":\"done\",\"future\":\"t2\",\"state\":\"failed\",\"value\":\"ValueError: no\"");
    assert_traced("\"throw\":\"ValueError: no\"");
}

static Value await_myself(Value unused)
{
    return await_task(task_current());
}

static void a_task_cannot_await_itself(void **state)
{
    assert_is(run_traced(await_myself, NONE), RuntimeError);
    assert_int_equal(iterations(), 3 + 4); /* told at its next step */
}

static Value who_am_i(Value unused)
{
    say("%s", task_name(task_current()));
    return NONE;
}

static Value names_main(Value unused)
{
    Task *named = task_create_named(coroutine(who_am_i, NONE), "n1");
    Task *plain = task_create(coroutine(who_am_i, NONE));
    TRY(await_task(named));
    TRY(await_task(plain));
    task_set_name(plain, "renamed");
    say("%s", task_name(plain));
    task_release(named);
    task_release(plain);
    return NONE;
}

static void a_given_name_uses_up_a_number_as_in_3_11(void **state)
{
    run_traced(names_main, NONE);
    assert_said("n1 Task-3 renamed");
    assert_traced("{\"i\":15,\"ts\":0,\"ev\":\"task_name\",\"task\":\"t2\",\"name\":\"n1\"}");
    assert_traced("\"name\":\"Task-4\",\"coroutine\":\"BaseEventLoop.shutdown_asyncgens\"");
}

static void a_name_given_to_the_loop_uses_up_none(void **state)
{
    Loop *loop = loop_new(NULL);
    Task *named = loop_create_task(loop, coroutine(who_am_i, NONE), "n1");
    Task *plain = loop_create_task(loop, coroutine(who_am_i, NONE), NULL);
    loop_run_until_complete(loop, task_future(plain));
    assert_said("n1 Task-1");
    task_release(named);
    task_release(plain);
    loop_free(loop);
}

static void there_is_no_current_task_outside_a_task(void **state)
{
    assert_null(task_current());
    assert_null(task_create(coroutine(say_it, value_text("x")))); /* and no running loop: released */
    assert_said("");
}

static void a_task_can_be_made_before_its_loop_runs(void **state)
{
    Loop *loop = loop_new(NULL);
    Task *task = loop_create_task(loop, coroutine(say_it, value_text("x")), "early");
    assert_string_equal(task_name(task), "early");
    assert_string_equal(task_function(task), "say_it");
    assert_ptr_equal(future_task(task_future(task)), task);
    assert_said("");
    assert_string_equal(loop_run_until_complete(loop, task_future(task)).text, "x");
    assert_said("x");
    task_release(task);
    loop_free(loop);
}

static void a_pending_task_that_is_dropped_is_reported(void **state)
{
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Task *task = loop_create_task(loop, coroutine(say_it, value_text("x")), NULL);
    task_release(task);
    assert_said(""); /* the queue still holds it */
    loop_close(loop);
    assert_said("report:Task was destroyed but it is pending!");
    loop_free(loop);
}

static void the_failure_of_a_task_that_nobody_awaited_is_reported(void **state)
{
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Task *task = loop_create_task(loop, coroutine(raises, NONE), NULL);
    loop_stop(loop);
    loop_run_forever(loop);
    assert_said("");
    task_release(task);
    assert_said("report:Task exception was never retrieved");
    loop_free(loop);
}

static void set_result_of_a_task_is_refused(void **state)
{
    Loop *loop = loop_new(NULL);
    Task *task = loop_create_task(loop, coroutine(say_it, value_text("x")), NULL);
    assert_is(future_set_result(task_future(task), NONE), RuntimeError);
    assert_is(future_set_exception(task_future(task), value_exception(&ValueError, NULL)), RuntimeError);
    loop_run_until_complete(loop, task_future(task));
    task_release(task);
    loop_free(loop);
}

/* ---------------------------------------------------------------------------------------------- cancel */

static Value sleeper(Value unused)
{
    say("asleep");
    Value result = await_sleep(loop_seconds(10));
    say("%s:%s", value_failed(result) ? result.exception->name : "awake",
        result.message ? result.message : "");
    return result;
}

static Value cancel_before_first_step(Value unused)
{
    Task *task = task_create(coroutine(sleeper, NONE));
    assert_true(task_cancel(task, NULL));
    assert_false(future_cancelled(task_future(task)));
    Value result = await_task(task);
    assert_is(result, CancelledError);
    assert_true(future_cancelled(task_future(task)));
    task_release(task);
    return NONE;
}

static void a_cancel_before_the_first_step_never_runs_the_body(void **state)
{
    assert_false(value_failed(run_traced(cancel_before_first_step, NONE)));
    assert_said("");
    assert_traced("\"ev\":\"cancel\",\"task\":\"t2\",\"how\":\"flag\",\"count\":1}");
    assert_traced("\"task\":\"t2\",\"throw\":\"CancelledError\"}");
}

static Value cancel_a_sleeper(Value unused)
{
    Task *task = task_create(coroutine(sleeper, NONE));
    TRY(await_sleep(0));
    assert_true(task_cancel(task, "enough"));
    assert_int_equal(task_cancelling(task), 1);
    assert_false(future_done(task_future(task)));
    Value result = await_task(task);
    assert_is(result, CancelledError);
    assert_string_equal(result.message, "enough");
    assert_false(task_cancel(task, NULL));
    task_release(task);
    return NONE;
}

static void a_cancel_of_a_waiting_task_cancels_what_it_waits_on(void **state)
{
    assert_false(value_failed(run_traced(cancel_a_sleeper, NONE)));
    assert_said("asleep CancelledError:enough");
    assert_traced("\"how\":\"waiter\",\"count\":1,\"message\":\"enough\"");
    assert_traced("\"how\":\"none\",\"count\":1}");
    assert_traced("\"ev\":\"done\",\"future\":\"f1\",\"state\":\"cancelled\"}");
    assert_traced("\"ev\":\"done\",\"future\":\"t2\",\"state\":\"cancelled\"}");
    assert_int_equal(program_time(), 0); /* and its timer holds nobody up */
}

static Value two_cancels(Value unused)
{
    Task *task = task_create(coroutine(sleeper, NONE));
    TRY(await_sleep(0));
    assert_true(task_cancel(task, "first"));
    assert_true(task_cancel(task, "second"));
    assert_int_equal(task_cancelling(task), 2);
    assert_int_equal(task_uncancel(task), 1);
    assert_int_equal(task_uncancel(task), 0);
    assert_int_equal(task_uncancel(task), 0);
    Value result = await_task(task);
    say("main:%s", result.message);
    task_release(task);
    return NONE;
}

/* The second cancel finds the sleep's future done, so it only sets the flag, with its own message. */
static void two_cancels_before_it_runs_are_one_error(void **state)
{
    run_traced(two_cancels, NONE);
    assert_int_equal(traced_times("\"throw\":\"CancelledError\""), 2); /* the task, then main's await of it */
    assert_said("asleep CancelledError:first main:first");
}

static Value waits_for(Value future)
{
    Value result = await_future(future.future);
    say("%s", value_failed(result) ? result.exception->name : "result");
    return result;
}

static Value cancel_when_done(Value unused)
{
    Future *future = loop_create_future(loop_running());
    Task *task = task_create(coroutine(waits_for, value_future(future)));
    TRY(await_sleep(0));
    future_set_result(future, value_int(1));
    assert_true(task_cancel(task, NULL));
    assert_is(await_task(task), CancelledError);
    task_release(task);
    future_release(future);
    return NONE;
}

static void a_cancel_replaces_a_result_that_is_already_there(void **state)
{
    assert_false(value_failed(run_traced(cancel_when_done, NONE)));
    assert_said("CancelledError");
}

static Value swallows(Value unused)
{
    Value result = await_sleep(loop_seconds(10));
    say("%s", value_failed(result) ? "swallowed" : "slept");
    return value_int(5);
}

static Value swallow_main(Value unused)
{
    Task *task = task_create(coroutine(swallows, NONE));
    TRY(await_sleep(0));
    task_cancel(task, NULL);
    Value result = await_task(task);
    assert_int_equal(result.integer, 5);
    assert_false(future_cancelled(task_future(task)));
    task_release(task);
    return NONE;
}

static void a_task_may_swallow_its_cancel(void **state)
{
    assert_false(value_failed(run_traced(swallow_main, NONE)));
    assert_said("swallowed");
}

static Value cancels_itself_and_returns(Value unused)
{
    task_cancel(task_current(), "late");
    return value_int(1);
}

static Value cancel_right_before_the_end(Value unused)
{
    Task *task = task_create(coroutine(cancels_itself_and_returns, NONE));
    Value result = await_task(task);
    assert_is(result, CancelledError);
    assert_true(future_cancelled(task_future(task)));
    task_release(task);
    return NONE;
}

static void a_task_cancelled_right_before_it_returns_is_cancelled(void **state)
{
    assert_false(value_failed(run_traced(cancel_right_before_the_end, NONE)));
}

static Value cancels_itself_and_sleeps(Value unused)
{
    task_cancel(task_current(), NULL);
    Value result = await_sleep(loop_seconds(5));
    say("%s", value_failed(result) ? "cancelled" : "slept");
    return result;
}

static Value cancel_flag_at_a_wait(Value unused)
{
    Task *task = task_create(coroutine(cancels_itself_and_sleeps, NONE));
    assert_is(await_task(task), CancelledError);
    task_release(task);
    return NONE;
}

static void a_flagged_task_cancels_the_next_future_that_it_waits_on(void **state)
{
    assert_false(value_failed(run_traced(cancel_flag_at_a_wait, NONE)));
    assert_said("cancelled");
    assert_int_equal(program_time(), 0);
}

static Value await_child(Value child)
{
    return await_future(child.future);
}

static Value cancel_through(Value unused)
{
    Task *inner = task_create(coroutine(sleeper, NONE));
    Task *outer = task_create(coroutine(await_child, value_task(inner)));
    TRY(await_sleep(0));
    task_cancel(outer, "through");
    assert_int_equal(task_cancelling(inner), 1);
    assert_is(await_task(outer), CancelledError);
    assert_true(future_cancelled(task_future(inner)));
    task_release(inner);
    task_release(outer);
    return NONE;
}

static void a_cancel_goes_through_to_the_task_that_is_awaited(void **state)
{
    assert_false(value_failed(run_traced(cancel_through, NONE)));
    assert_said("asleep CancelledError:through");
}

static Value cancel_swallowed_below(Value unused)
{
    Task *inner = task_create(coroutine(swallows, NONE));
    Task *outer = task_create(coroutine(await_child, value_task(inner)));
    TRY(await_sleep(0));
    task_cancel(outer, NULL);
    assert_int_equal(await_task(outer).integer, 5);
    assert_int_equal(task_cancelling(outer), 1);
    task_release(inner);
    task_release(outer);
    return NONE;
}

static void a_cancel_that_the_awaited_task_swallows_is_gone(void **state)
{
    assert_false(value_failed(run_traced(cancel_swallowed_below, NONE)));
    assert_said("swallowed");
}

static Value raises_cancelled(Value unused)
{
    return value_exception(&CancelledError, "own");
}

static Value await_self_cancelled(Value unused)
{
    Task *task = task_create(coroutine(raises_cancelled, NONE));
    Value result = await_task(task);
    assert_string_equal(result.message, "own");
    assert_true(future_cancelled(task_future(task)));
    task_release(task);
    return NONE;
}

static void whoever_raises_cancelled_the_task_is_cancelled(void **state)
{
    assert_false(value_failed(run_traced(await_self_cancelled, NONE)));
}

/* ------------------------------------------------------------------------------------- misuse, defined */

static Value use_twice(Value unused)
{
    Coroutine *once = coroutine(say_it, value_text("once"));
    Task *first = task_create(once);
    Task *second = task_create(once);
    TRY(await_task(first));
    Value result = await_task(second);
    assert_is(result, RuntimeError);
    assert_string_equal(result.message, "cannot reuse already awaited coroutine");
    task_release(first);
    task_release(second);
    return NONE;
}

static void a_coroutine_object_runs_only_once(void **state)
{
    assert_false(value_failed(run_traced(use_twice, NONE)));
    assert_said("once");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(create_task_only_queues),
        rule(a_waiting_task_resumes_one_iteration_after_the_last_step_of_the_awaited),
        rule(a_bare_yield_goes_to_the_end_of_the_queue),
        rule(an_exception_travels_through_await_and_run),
        rule(a_task_cannot_await_itself),
        rule(a_given_name_uses_up_a_number_as_in_3_11),
        rule(a_name_given_to_the_loop_uses_up_none),
        rule(there_is_no_current_task_outside_a_task),
        rule(a_task_can_be_made_before_its_loop_runs),
        rule(a_pending_task_that_is_dropped_is_reported),
        rule(the_failure_of_a_task_that_nobody_awaited_is_reported),
        rule(set_result_of_a_task_is_refused),
        rule(a_cancel_before_the_first_step_never_runs_the_body),
        rule(a_cancel_of_a_waiting_task_cancels_what_it_waits_on),
        rule(two_cancels_before_it_runs_are_one_error),
        rule(a_cancel_replaces_a_result_that_is_already_there),
        rule(a_task_may_swallow_its_cancel),
        rule(a_task_cancelled_right_before_it_returns_is_cancelled),
        rule(a_flagged_task_cancels_the_next_future_that_it_waits_on),
        rule(a_cancel_goes_through_to_the_task_that_is_awaited),
        rule(a_cancel_that_the_awaited_task_swallows_is_gone),
        rule(whoever_raises_cancelled_the_task_is_cancelled),
        rule(a_coroutine_object_runs_only_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
