/*
 * test_wait.c — wait: all three conditions, the timeout, what it never does.
 */
#include "support.h"

#include <string.h>

/* A task that ends after so many seconds: with its number, or from 100 on with an exception. */
static Value ends(Value number)
{
    TRY(await_sleep(loop_seconds((double)(number.integer % 100))));
    if (number.integer >= 100)
        return value_exception(&ValueError, "boom");
    return number;
}

static Future *tasks[8];
static size_t task_count;

static void make(int64_t number)
{
    tasks[task_count++] = task_future(task_create(coroutine(ends, value_int(number))));
}

static void release_tasks(void)
{
    while (task_count)
        future_release(tasks[--task_count]);
}

typedef struct Question {
    int64_t timeout;
    WaitUntil until;
} Question;

static Value ask(const Question *question)
{
    WaitResult result;
    TRY(await_wait(tasks, task_count, question->timeout, question->until, &result));
    say("done");
    for (size_t k = 0; k < result.done.count; k++)
        for (size_t n = 0; n < task_count; n++)
            if (result.done.items[k] == tasks[n])
                say("%d", (int)n);
    say("pending:%d", (int)result.pending.count);
    wait_result_release(&result);
    return NONE;
}

static Value three(Value question)
{
    make(1);
    make(2);
    make(3);
    TRY(ask(question.pointer));
    release_tasks();
    return NONE;
}

static void all_completed_waits_for_the_last(void **state)
{
    Question question = {LOOP_FOREVER, ALL_COMPLETED};
    assert_false(value_failed(run_traced(three, value_pointer(&question, NULL))));
    assert_said("done 0 1 2 pending:0");
    assert_int_equal(program_time(), loop_seconds(3));
    assert_traced("\"of\":\"wait\",\"kids\":[\"t2\",\"t3\",\"t4\"],\"return_when\":\"ALL_COMPLETED\"");
}

static void first_completed_waits_for_the_first(void **state)
{
    Question question = {LOOP_FOREVER, FIRST_COMPLETED};
    run_traced(three, value_pointer(&question, NULL));
    assert_said("done 0 pending:2");
    assert_int_equal(traced_times("\"ev\":\"callback_remove\""), 2);
    assert_traced("\"of\":\"wait\",\"kids\":[\"t2\",\"t3\",\"t4\"],\"return_when\":\"FIRST_COMPLETED\"");
}

static void a_timeout_ends_it_and_cancels_nobody(void **state)
{
    Question question = {loop_seconds(1.5), ALL_COMPLETED};
    run_traced(three, value_pointer(&question, NULL));
    assert_said("done 0 pending:2");
    assert_traced("\"callback\":\"_release_waiter\"");
    assert_traced("\"task\":\"t4\",\"how\":\"waiter\""); /* only the shutdown did */
}

static Value with_failure(Value question)
{
    make(3);
    make(101);
    make(2);
    TRY(ask(question.pointer));
    say("after:%d", (int)(program_time() / loop_seconds(1)));
    release_tasks();
    return NONE;
}

static void first_exception_waits_for_the_first_failure(void **state)
{
    Question question = {LOOP_FOREVER, FIRST_EXCEPTION};
    run_traced(with_failure, value_pointer(&question, NULL));
    assert_said("done 1 pending:2 after:1");
    assert_traced("\"return_when\":\"FIRST_EXCEPTION\"");
}

static Value with_cancelled(Value question)
{
    make(3);
    make(2);
    TRY(await_sleep(0));
    future_cancel(tasks[1], NULL);
    TRY(ask(question.pointer));
    release_tasks();
    return NONE;
}

static void first_exception_does_not_count_a_cancel(void **state)
{
    Question question = {LOOP_FOREVER, FIRST_EXCEPTION};
    run_traced(with_cancelled, value_pointer(&question, NULL));
    assert_said("done 0 1 pending:0");
}

static Value same_moment(Value question)
{
    make(1);
    make(1);
    make(1);
    TRY(ask(question.pointer));
    release_tasks();
    return NONE;
}

static void first_completed_may_return_several(void **state)
{
    Question question = {LOOP_FOREVER, FIRST_COMPLETED};
    run_traced(same_moment, value_pointer(&question, NULL));
    assert_said("done 0 1 2 pending:0");
}

static Value of_done_ones(Value unused)
{
    make(0);
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    assert_true(future_done(tasks[0]));
    Question question = {LOOP_FOREVER, ALL_COMPLETED};
    TRY(ask(&question));
    release_tasks();
    return NONE;
}

/* The callback of a done future is queued at once, so even this wait suspends. */
static void waiting_for_what_is_done_still_takes_its_turns(void **state)
{
    run_traced(of_done_ones, NONE);
    assert_said("done 0 pending:0");
    assert_traced("\"what\":\"callback\",\"future\":\"t2\",\"callback\":\"_on_completion\"");
}

static Value empty(Value unused)
{
    WaitResult result;
    return await_wait(NULL, 0, LOOP_FOREVER, ALL_COMPLETED, &result);
}

static void an_empty_set_is_a_value_error(void **state)
{
    assert_is(run_traced(empty, NONE), ValueError);
}

static Value until_the_end_of_days(Value unused)
{
    make(1);
    Question question = {LOOP_FOREVER, (WaitUntil)7};
    Value outcome = ask(&question);
    release_tasks();
    return outcome;
}

static void a_condition_that_there_is_not_is_a_value_error(void **state)
{
    assert_is(run_traced(until_the_end_of_days, NONE), ValueError);
    assert_int_equal(traced_times("\"of\":\"wait\""), 0);
}

static Value given_twice(Value unused)
{
    make(1);
    tasks[task_count++] = future_keep(tasks[0]);
    Question question = {LOOP_FOREVER, ALL_COMPLETED};
    TRY(ask(&question));
    release_tasks();
    return NONE;
}

static void a_future_given_twice_counts_once(void **state)
{
    run_traced(given_twice, NONE);
    assert_said("done 0 1 pending:0"); /* one item, which is both */
    assert_traced("\"kids\":[\"t2\"]");
}

static Value waits_long(Value question)
{
    Value result = ask(question.pointer);
    say("%s", value_failed(result) ? result.exception->name : "no error");
    return result;
}

static Value cancel_a_wait(Value unused)
{
    static Question question = {LOOP_FOREVER, ALL_COMPLETED};
    make(5);
    make(6);
    Task *waiter = task_create(coroutine(waits_long, value_pointer(&question, NULL)));
    TRY(await_sleep(loop_seconds(1)));
    task_cancel(waiter, NULL);
    assert_is(await_task(waiter), CancelledError);
    say("alive:%d", !future_done(tasks[0]) && !future_done(tasks[1]));
    task_release(waiter);
    release_tasks();
    return NONE;
}

static void a_cancelled_wait_cancels_nobody_and_takes_its_callbacks_back(void **state)
{
    run_traced(cancel_a_wait, NONE);
    assert_said("CancelledError alive:1");
    assert_int_equal(traced_times("\"ev\":\"callback_remove\""), 2);
}

static Value one_turn_more(Value unused)
{
    return await_sleep(0);
}

static Value two_turns(Value unused)
{
    TRY(await_sleep(0));
    return await_sleep(0);
}

static Value late_callback(Value unused)
{
    Question question = {LOOP_FOREVER, FIRST_COMPLETED};
    tasks[0] = task_future(task_create(coroutine(one_turn_more, NONE)));
    tasks[1] = task_future(task_create(coroutine(two_turns, NONE)));
    task_count = 2;
    TRY(ask(&question));
    release_tasks();
    return NONE;
}

/* The second ends in the very iteration in which the first one's callback ends the wait: its own callback
   stands behind the wake-up. */
static void a_callback_that_comes_after_the_wait_does_no_harm(void **state)
{
    assert_false(value_failed(run_traced(late_callback, NONE)));
    assert_said("done 0 1 pending:0");
    const char *wakeup = strstr(traced(), "\"what\":\"wakeup\",\"task\":\"t1\"");
    assert_non_null(strstr(wakeup, "\"what\":\"callback\",\"future\":\"t3\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(all_completed_waits_for_the_last),
        rule(first_completed_waits_for_the_first),
        rule(a_timeout_ends_it_and_cancels_nobody),
        rule(first_exception_waits_for_the_first_failure),
        rule(first_exception_does_not_count_a_cancel),
        rule(first_completed_may_return_several),
        rule(waiting_for_what_is_done_still_takes_its_turns),
        rule(an_empty_set_is_a_value_error),
        rule(a_condition_that_there_is_not_is_a_value_error),
        rule(a_future_given_twice_counts_once),
        rule(a_cancelled_wait_cancels_nobody_and_takes_its_callbacks_back),
        rule(a_callback_that_comes_after_the_wait_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
