/*
 * test_wait_for.c — wait_for as 3.11 has it: who is cancelled, who is waited for, and what is lost.
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

static Value sleeps(Value seconds)
{
    Value slept = await_sleep(loop_seconds((double)seconds.integer));
    if (value_failed(slept))
        say("cancelled");
    TRY(slept);
    return value_text("result");
}

static Value fails(Value unused)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "boom");
}

static Value does_not_obey(Value result)
{
    Value slept = await_sleep(loop_seconds(10));
    say("%s", slept.exception->name);
    TRY(await_sleep(loop_seconds(3)));
    return result;
}

typedef struct Question {
    CoroutineFunction function;
    Value argument;
    int64_t timeout;
} Question;

static Value asks(Value argument)
{
    const Question *question = argument.pointer;
    Value outcome = await_wait_for(awaitable(coroutine_new("inner", question->function, question->argument)),
                                   question->timeout);
    say_value(outcome);
    say("@%d", (int)(program_time() / loop_seconds(1)));
    return outcome;
}

static Value ask(CoroutineFunction function, Value argument, int64_t timeout)
{
    Question question = {function, argument, timeout};
    return run_traced(asks, value_pointer(&question, NULL));
}

static void in_time_it_gives_the_result(void **state)
{
    ask(sleeps, value_int(1), loop_seconds(2));
    assert_said("'result' @1");
    assert_traced("\"of\":\"wait_for\"");
    assert_traced("[\"wait_for\",\"loop/wait_for.c\",");
}

static void in_time_it_gives_the_exception(void **state)
{
    assert_is(ask(fails, NONE, loop_seconds(2)), ValueError);
    assert_said("ValueError('boom') @1");
}

static void too_late_it_cancels_and_waits_for_the_end(void **state)
{
    assert_is(ask(sleeps, value_int(5), loop_seconds(2)), TimeoutError);
    assert_said("cancelled TimeoutError() @2");
    assert_traced("\"task\":\"t2\",\"how\":\"waiter\"");
    assert_traced("\"of\":\"_cancel_and_wait\"");
}

static void what_does_not_obey_is_waited_for_and_its_result_counts(void **state)
{
    ask(does_not_obey, value_text("late"), loop_seconds(2));
    assert_said("CancelledError 'late' @5");
}

static void what_fails_while_it_is_cancelled_is_that_failure(void **state)
{
    ask(does_not_obey, value_exception(&ValueError, "late"), loop_seconds(2));
    assert_said("CancelledError ValueError('late') @5");
}

static void the_timer_is_made_before_the_task(void **state)
{
    ask(sleeps, value_int(1), loop_seconds(2));
    const char *timer = strstr(traced(), "\"ev\":\"timer\"");
    const char *task = strstr(traced(), "\"task\":\"t2\"");
    assert_true(timer < task);
}

static void without_a_timeout_it_is_a_plain_await(void **state)
{
    ask(sleeps, value_int(1), LOOP_FOREVER);
    assert_said("'result' @1");
    assert_not_traced("\"of\":\"wait_for\"");
    assert_not_traced("\"coroutine\":\"inner\",\"object\"");
}

static void with_no_time_a_coroutine_never_begins(void **state)
{
    ask(sleeps, value_int(1), 0);
    assert_said("TimeoutError() @0");
    assert_traced("\"task\":\"t2\",\"how\":\"flag\"");
    fresh(NULL);
    ask(sleeps, value_int(1), loop_seconds(-3));
    assert_said("TimeoutError() @0");
}

static Value of_done_one(Value unused)
{
    Future *future = loop_create_future(loop_running());
    future_set_result(future, value_int(7));
    uint64_t before = loop_running()->iterations;
    say_value(await_wait_for(awaitable(future), 0));
    assert_int_equal(loop_running()->iterations, before);
    say_value(await_wait_for(awaitable(future), loop_seconds(1)));
    assert_int_equal(loop_running()->iterations, before + 2);
    future_release(future);
    return NONE;
}

static void what_is_done_needs_no_time(void **state)
{
    assert_false(value_failed(run_traced(of_done_one, NONE)));
    assert_said("7 7");
}

static Value cancels_the_wait(Value seconds)
{
    Question question = {sleeps, value_int(5), loop_seconds(9)};
    Task *waiter = task_create(coroutine(asks, value_pointer(&question, NULL)));
    TRY(await_sleep(loop_seconds((double)seconds.integer)));
    task_cancel(waiter, NULL);
    say_value(await_task(waiter));
    task_release(waiter);
    return NONE;
}

static void a_cancel_of_the_wait_cancels_what_it_waits_for(void **state)
{
    assert_false(value_failed(run_traced(cancels_the_wait, value_int(2))));
    assert_said("cancelled CancelledError() @2 CancelledError()");
}

static Value ends_and_cancels(Value task)
{
    TRY(await_sleep(0));
    task_cancel(future_task(task.future), NULL);
    return value_text("result");
}

static Value waits_for(Value task)
{
    Value outcome = await_wait_for(awaitable(task.future), loop_seconds(5));
    say_value(outcome);
    return outcome;
}

static Value cancelled_when_done(Value unused)
{
    Task *inner = task_create(coroutine(ends_and_cancels, value_task(task_current())));
    Value outcome = waits_for(value_task(inner));
    say("cancelling:%d", task_cancelling(task_current()));
    task_release(inner);
    return outcome;
}

/* The trap of 3.11: what it waits for is done, so the cancel is swallowed. */
static void a_cancel_when_the_result_is_there_is_lost(void **state)
{
    assert_false(value_failed(run_traced(cancelled_when_done, NONE)));
    assert_said("'result' cancelling:1");
}

static Value cancels_twice(Value unused)
{
    Question question = {does_not_obey, value_text("late"), loop_seconds(1)};
    Task *waiter = task_create(coroutine(asks, value_pointer(&question, NULL)));
    TRY(await_sleep(loop_seconds(2)));
    task_cancel(waiter, "no more");
    say_value(await_task(waiter));
    task_release(waiter);
    return await_sleep(loop_seconds(5));
}

static void a_cancel_while_it_waits_for_the_end_ends_that_too(void **state)
{
    assert_false(value_failed(run_traced(cancels_twice, NONE)));
    assert_said("CancelledError CancelledError('no more') @2 CancelledError('no more')");
}

static void outside_a_task_it_is_an_error(void **state)
{
    assert_is(await_wait_for(awaitable((Future *)NULL), 1), RuntimeError);
}

static Value of_nothing(Value unused)
{
    return await_wait_for(awaitable((Future *)NULL), 1);
}

static void of_nothing_is_out_of_memory(void **state)
{
    assert_is(run_traced(of_nothing, NONE), MemoryError);
}

static Value stops_the_loop(Value iterations)
{
    for (int64_t k = 0; k < iterations.integer; k++)
        TRY(await_sleep(loop_seconds(1)));
    loop_stop(loop_running());
    return NONE;
}

static void a_dropped_wait_leaves_nothing_behind(void **state)
{
    for (int seconds = 0; seconds < 3; seconds++) {
        Loop *loop = loop_new(NULL);
        log_reports(loop);
        Question question = {does_not_obey, NONE, loop_seconds(1.5)};
        Task *waits = loop_create_task(loop, coroutine(asks, value_pointer(&question, NULL)), NULL);
        Task *stops = loop_create_task(loop, coroutine(stops_the_loop, value_int(seconds)), NULL);
        loop_run_forever(loop);
        task_release(waits);
        task_release(stops);
        loop_free(loop);
    }
}

static Value wait_for_a_foreigner(Value foreign)
{
    say("%s", await_wait_for(awaitable(foreign.future), loop_seconds(1)).exception->name);
    say("%s", await_wait_for(awaitable(foreign.future), 0).exception->name);
    return NONE;
}

static void a_future_of_another_loop_is_refused(void **state)
{
    Loop *other = loop_new(NULL);
    Future *foreign = loop_create_future(other);
    assert_false(value_failed(loop_run(coroutine(wait_for_a_foreigner, value_future(foreign)))));
    assert_said("ValueError ValueError");
    assert_false(future_done(foreign));
    future_release(foreign);
    loop_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(in_time_it_gives_the_result),
        rule(in_time_it_gives_the_exception),
        rule(too_late_it_cancels_and_waits_for_the_end),
        rule(what_does_not_obey_is_waited_for_and_its_result_counts),
        rule(what_fails_while_it_is_cancelled_is_that_failure),
        rule(the_timer_is_made_before_the_task),
        rule(without_a_timeout_it_is_a_plain_await),
        rule(with_no_time_a_coroutine_never_begins),
        rule(what_is_done_needs_no_time),
        rule(a_cancel_of_the_wait_cancels_what_it_waits_for),
        rule(a_cancel_when_the_result_is_there_is_lost),
        rule(a_cancel_while_it_waits_for_the_end_ends_that_too),
        rule(outside_a_task_it_is_an_error),
        rule(of_nothing_is_out_of_memory),
        rule(a_dropped_wait_leaves_nothing_behind),
        rule(a_future_of_another_loop_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
