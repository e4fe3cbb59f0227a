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

/* ------------------------------------------------------------- through gathers and shields, down and away */

static Value await_it(Value future)
{
    return await_future(future.future);
}

/* Each holds the one before, and nobody else does. */
static Future *link_up(Future *held, const char *how)
{
    Future *holder;
    Awaitable item = awaitable(held);
    if (strcmp(how, "shield") == 0)
        holder = shield(item);
    else if (strcmp(how, "gather") == 0)
        holder = gather(&item, 1, false);
    else
        holder = task_future(task_create(coroutine(await_it, value_future(held))));
    assert_non_null(holder);
    await_sleep(0);
    future_release(held);
    return holder;
}

static Future *chain_of(const char *one, const char *other, int length)
{
    Future *last = loop_create_future(loop_running());
    for (int k = 0; k < length; k++)
        last = link_up(last, k % 2 ? other : one);
    return last;
}

static Value cancel_through_gathers(Value unused)
{
    Future *top = chain_of("task", "gather", LONG_CHAIN);
    say("%d", future_cancel(top, "all"));
    say("%s", await_future(top).message);
    say("%d", future_cancel(top, "again"));
    future_release(top);
    return NONE;
}

static void a_cancel_goes_down_gathers_of_any_depth(void **state)
{
    assert_false(value_failed(loop_run(coroutine(cancel_through_gathers, NONE))));
    assert_said("1 all 0");
}

static Value await_the_gather_of_itself(Value unused)
{
    Awaitable self = awaitable(task_current());
    return await_gather(&self, 1, false);
}

/* In CPython the recursion ends with a RecursionError. */
static void a_cancel_in_a_circle_through_a_gather_ends(void **state)
{
    Loop *loop = loop_new(NULL);
    Task *task = loop_create_task(loop, coroutine(await_the_gather_of_itself, NONE), NULL);
    assert_is(loop_run_until_complete(loop, task_future(task)), StuckError);
    assert_true(task_cancel(task, NULL));
    assert_int_equal(task_cancelling(task), 2); /* by the program, and by the gather */
    task_release(task);
    loop_free(loop);
}

static void count_reports(Loop *loop, const char *message, Value exception, Future *future, void *count)
{
    ++*(int *)count;
}

static Value forget_chains(Value unused)
{
    future_release(chain_of("gather", "gather", LONG_CHAIN));
    future_release(chain_of("shield", "shield", LONG_CHAIN));
    return NONE;
}

static void chains_that_everybody_forgets_go_whatever_their_length(void **state)
{
    assert_false(value_failed(loop_run(coroutine(forget_chains, NONE))));
}

static Value keep_a_chain(Value unused)
{
    return value_future(chain_of("task", "shield", LONG_CHAIN));
}

/* The tasks wait for each other, through shields, when the loop closes. */
static void a_loop_closes_over_a_chain_of_any_length(void **state)
{
    int reports = 0;
    Loop *loop = loop_new(NULL);
    loop_set_exception_handler(loop, count_reports, &reports);
    Task *task = loop_create_task(loop, coroutine(keep_a_chain, NONE), NULL);
    Future *top = loop_run_until_complete(loop, task_future(task)).future;
    task_release(task);
    loop_close(loop);
    assert_int_equal(reports, LONG_CHAIN / 2);
    future_release(top);
    loop_free(loop);
}

static void the_repr_of_lists_within_lists_ends(void **state)
{
    Value list = value_list(NULL, 0);
    for (int k = 0; k < LONG_CHAIN; k++)
        list = value_list(&list, 1);
    char text[256];
    size_t length = value_repr(list, text, sizeof text);
    assert_true(length < sizeof text);
    assert_non_null(strstr(text, "[[...]]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_cancel_goes_down_a_chain_of_any_length),
        rule(a_cancel_in_a_circle_of_tasks_ends),
        rule(the_message_of_a_cancelled_task_is_for_the_first_who_asks),
        rule(the_repr_of_a_task_that_returned_itself_ends),
        rule(a_cancel_goes_down_gathers_of_any_depth),
        rule(a_cancel_in_a_circle_through_a_gather_ends),
        rule(chains_that_everybody_forgets_go_whatever_their_length),
        rule(a_loop_closes_over_a_chain_of_any_length),
        rule(the_repr_of_lists_within_lists_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
