/*
 * test_chain.c — tasks that wait for tasks that wait for tasks: long chains, circles, and who hears why.
 */
#include "support.h"

#include <string.h>

enum { LONG_CHAIN = 20000 };
static Task *chained[LONG_CHAIN];

static Value await_the_next(Value position)
{
    int64_t next = position.integer + 1;
    return next < LONG_CHAIN ? await_task(chained[next]) : await_sleep(loop_seconds(1));
}

static Value cancel_a_long_chain(Value unused)
{
    for (int k = 0; k < LONG_CHAIN; k++)
        chained[k] = task_create(coroutine(await_the_next, value_int(k)));
    TRY(await_sleep(0));
    task_cancel(chained[0], "all");
    say("%s:%d", await_task(chained[0]).message, task_cancelling(chained[LONG_CHAIN - 1]));
    for (int k = 0; k < LONG_CHAIN; k++)
        task_release(chained[k]);
    return NONE;
}

static void a_cancel_goes_down_a_chain_of_any_length(void **state)
{
    assert_false(value_failed(loop_run(coroutine(cancel_a_long_chain, NONE))));
    assert_said("all:1");
}

static Value await_the_other(Value position)
{
    return await_task(chained[1 - position.integer]);
}

static Value cancel_a_circle(Value unused)
{
    for (int k = 0; k < 2; k++)
        chained[k] = task_create(coroutine(await_the_other, value_int(k)));
    TRY(await_sleep(0));
    say("%d", task_cancel(chained[0], NULL));
    say("%d:%d", task_cancelling(chained[0]), task_cancelling(chained[1]));
    for (int k = 0; k < 2; k++)
        task_release(chained[k]);
    return NONE;
}

/* In CPython the recursion ends with a RecursionError. Here the two stay as they are, and are named. */
static void a_cancel_in_a_circle_of_tasks_ends(void **state)
{
    Value outcome = loop_run(coroutine(cancel_a_circle, NONE));
    assert_said("1 1:1");
    assert_is(outcome, StuckError);
    assert_non_null(strstr(outcome.message, "Task-3 (await_the_other) waits on Task-2 (await_the_other)"));
}

static Value only_the_first_hears_it(Value unused)
{
    Task *task = task_create(coroutine(await_the_next, value_int(LONG_CHAIN - 1)));
    TRY(await_sleep(0));
    task_cancel(task, "why");
    for (int k = 0; k < 2; k++) {
        Value outcome = await_task(task);
        say("%s", outcome.message ? outcome.message : "-");
    }
    task_release(task);
    return NONE;
}

/* CPython hands out the task's own exception once, and makes new ones for those who ask later. */
static void the_message_of_a_cancelled_task_is_for_the_first_who_asks(void **state)
{
    assert_false(value_failed(loop_run(coroutine(only_the_first_hears_it, NONE))));
    assert_said("why -");
}

static Value itself(Value unused)
{
    return value_task(task_current());
}

static Value write_one_that_holds_itself(Value unused)
{
    Task *task = task_create(coroutine(itself, NONE));
    char text[200];
    value_repr(await_task(task), text, sizeof text);
    say("%s", strstr(text, "result="));
    task_release(task);
    return NONE;
}

static void the_repr_of_a_task_that_returned_itself_ends(void **state)
{
    assert_false(value_failed(run_traced(write_one_that_holds_itself, NONE)));
    assert_said("result=...>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_cancel_goes_down_a_chain_of_any_length),
        rule(a_cancel_in_a_circle_of_tasks_ends),
        rule(the_message_of_a_cancelled_task_is_for_the_first_who_asks),
        rule(the_repr_of_a_task_that_returned_itself_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
