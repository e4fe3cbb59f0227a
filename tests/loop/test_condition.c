/*
 * test_condition.c — Condition: a wait ends with the lock held, whatever happened to it.
 */
#include "support.h"

#include <string.h>

static Condition *condition;

static int with_condition(void **state)
{
    condition = condition_new(NULL);
    return fresh(state);
}

static int without_condition(void **state)
{
    condition_free(condition);
    return 0;
}

#define condition_rule(name) cmocka_unit_test_setup_teardown(name, with_condition, without_condition)

static Value waiter(Value name)
{
    TRY(await_condition_acquire(condition));
    Value outcome = await_condition_wait(condition);
    say("%s:%s", name.text, value_failed(outcome) ? outcome.exception->name : "on");
    if (value_failed(outcome) && outcome.message)
        say("(%s)", outcome.message);
    assert_true(condition_locked(condition));
    return condition_exit(condition, outcome);
}

static Task *start(const char *name)
{
    return task_create(coroutine(waiter, value_text(name)));
}

static Value without_the_lock(Value unused)
{
    Value error = await_condition_wait(condition);
    assert_is(error, RuntimeError);
    assert_string_equal(error.message, "cannot wait on un-acquired lock");
    error = condition_notify(condition, 1);
    assert_is(error, RuntimeError);
    assert_string_equal(error.message, "cannot notify on un-acquired lock");
    assert_is(condition_notify_all(condition), RuntimeError);
    error = condition_release(condition);
    assert_string_equal(error.message, "Lock is not acquired.");
    return NONE;
}

static void nothing_works_without_the_lock(void **state)
{
    assert_false(value_failed(run_traced(without_the_lock, NONE)));
}

static Value notifies(Value how_many)
{
    Task *tasks[] = {start("a"), start("b"), start("c")};
    TRY(await_sleep(0));
    assert_false(condition_locked(condition)); /* each gave it back to wait */
    TRY(await_condition_acquire(condition));
    TRY(how_many.integer < 0 ? condition_notify_all(condition)
                             : condition_notify(condition, (size_t)how_many.integer));
    say("told");
    TRY(await_sleep(0));
    say("turn");
    TRY(condition_release(condition));
    for (int k = 0; k < 5; k++)
        TRY(await_sleep(0));
    say("end");
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

static void who_is_notified_goes_on_when_the_lock_is_free(void **state)
{
    run_traced(notifies, value_int(1));
    assert_said("told turn a:on end b:CancelledError c:CancelledError");
}

static void a_notify_wakes_the_first_n(void **state)
{
    run_traced(notifies, value_int(2));
    assert_said("told turn a:on b:on end c:CancelledError");
}

static void a_notify_of_none_wakes_nobody(void **state)
{
    run_traced(notifies, value_int(0));
    assert_said("told turn end a:CancelledError b:CancelledError c:CancelledError");
}

static void notify_all_wakes_all_and_they_take_the_lock_one_after_the_other(void **state)
{
    run_traced(notifies, value_int(-1));
    assert_said("told turn a:on b:on c:on end");
    assert_int_equal(traced_times("\"of\":\"Condition.wait\""), 3);
    assert_int_equal(traced_times("\"of\":\"Lock.acquire\""), 3);
    assert_traced("[\"Condition.wait\",\""); /* a chain of two: the condition waits for its lock */
    assert_traced("],[\"Lock.acquire\",\"");
}

static Value notifies_twice(Value unused)
{
    Task *tasks[] = {start("a"), start("b")};
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    TRY(condition_notify(condition, 1));
    TRY(condition_notify(condition, 1)); /* the first is done already: the second one's */
    TRY(condition_release(condition));
    TRY(await_task(tasks[0]));
    TRY(await_task(tasks[1]));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void a_notify_does_not_count_who_was_woken_before(void **state)
{
    assert_false(value_failed(run_traced(notifies_twice, NONE)));
    assert_said("a:on b:on");
}

static Value cancels_a_waiter(Value unused)
{
    Task *task = start("a");
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    task_cancel(task, "enough");
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    say("keeps:%d", !future_done(task_future(task))); /* it stands for the lock, cancelled or not */
    TRY(condition_release(condition));
    assert_is(await_task(task), CancelledError);
    task_release(task);
    assert_false(condition_locked(condition));
    return NONE;
}

static void a_cancelled_wait_first_takes_the_lock_again(void **state)
{
    assert_false(value_failed(run_traced(cancels_a_waiter, NONE)));
    assert_said("keeps:1 a:CancelledError (enough)");
}

static Value cancels_on_the_way_back(Value times)
{
    Task *task = start("a");
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    TRY(condition_notify_all(condition));
    TRY(await_sleep(0)); /* it runs, and stands for the lock */
    for (int k = 0; k < times.integer; k++) {
        task_cancel(task, "in vain");
        TRY(await_sleep(0));
        say("keeps:%d", !future_done(task_future(task)));
    }
    TRY(condition_release(condition));
    assert_is(await_task(task), CancelledError);
    task_release(task);
    assert_false(condition_locked(condition));
    return NONE;
}

/* It is a new CancelledError: the message of the swallowed one is gone. */
static void a_cancel_on_the_way_back_to_the_lock_is_told_when_it_is_held(void **state)
{
    assert_false(value_failed(run_traced(cancels_on_the_way_back, value_int(1))));
    assert_said("keeps:1 a:CancelledError");
}

static void many_cancels_on_the_way_back_are_one(void **state)
{
    assert_false(value_failed(run_traced(cancels_on_the_way_back, value_int(3))));
    assert_said("keeps:1 keeps:1 keeps:1 a:CancelledError");
    assert_int_equal(traced_times("\"of\":\"Lock.acquire\""), 4);
}

/* 3.11 loses it: the one that was notified is cancelled, and nobody else is told. */
static Value cancels_the_notified(Value unused)
{
    Task *first = start("first"), *second = start("second");
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    TRY(condition_notify(condition, 1));
    task_cancel(first, NULL);
    TRY(condition_release(condition));
    assert_is(await_task(first), CancelledError);
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    say("second waits:%d", !future_done(task_future(second)));
    task_release(first);
    task_release(second);
    return NONE;
}

static void a_notify_is_lost_with_the_one_it_woke(void **state)
{
    assert_false(value_failed(run_traced(cancels_the_notified, NONE)));
    assert_said("first:CancelledError second waits:1 second:CancelledError");
}

static int level;

static bool is_three(void *context)
{
    say("ask:%d", level);
    return level == *(int *)context;
}

static Value waits_for_three(Value unused)
{
    int three = 3;
    TRY(await_condition_acquire(condition));
    Value outcome = await_condition_wait_for(condition, is_three, &three);
    assert_true(value_failed(outcome) || outcome.boolean);
    return condition_exit(condition, outcome);
}

static Value counts_to_three(Value unused)
{
    Task *task = task_create(coroutine(waits_for_three, NONE));
    for (level = 1; !future_done(task_future(task)); level += level < 3) {
        TRY(await_sleep(0));
        TRY(await_condition_acquire(condition));
        TRY(condition_notify_all(condition));
        TRY(condition_release(condition));
    }
    task_release(task);
    return NONE;
}

static void wait_for_asks_again_after_each_notify(void **state)
{
    assert_false(value_failed(run_traced(counts_to_three, NONE)));
    assert_said("ask:1 ask:2 ask:3");
    assert_traced("[\"Condition.wait_for\",\"");
}

static Value true_already(Value unused)
{
    level = 3;
    return waits_for_three(unused);
}

static void wait_for_of_what_is_true_gives_no_turn_to_others(void **state)
{
    assert_false(value_failed(run_traced(true_already, NONE)));
    assert_said("ask:3");
    assert_not_traced("Condition.wait");
}

static Value shares_a_lock(Value unused)
{
    Lock *lock = lock_new();
    Condition *one = condition_new(lock), *other = condition_new(lock);
    lock_free(lock); /* they keep it */
    TRY(await_condition_acquire(one));
    assert_true(condition_locked(other));
    TRY(condition_notify(other, 1));
    TRY(condition_release(other));
    assert_false(condition_locked(one));
    condition_free(one);
    condition_free(other);
    return NONE;
}

static void conditions_can_share_a_lock(void **state)
{
    assert_false(value_failed(run_traced(shares_a_lock, NONE)));
}

static Value block(Value entered, void *argument)
{
    assert_true(condition_locked(condition));
    return condition_notify(condition, 1);
}

static Value with_block(Value unused)
{
    return await_with(condition_context(condition), block, NULL);
}

static void async_with_holds_its_lock(void **state)
{
    assert_false(value_failed(run_traced(with_block, NONE)));
    assert_false(condition_locked(condition));
}

static Value bare_waiter(Value freed)
{
    TRY(await_condition_acquire(freed.pointer));
    Value outcome = await_condition_wait(freed.pointer);
    say("%s", value_failed(outcome) ? outcome.exception->name : "on");
    return outcome;
}

static Value frees_another(Value unused)
{
    Condition *freed = condition_new(NULL);
    Task *task = task_create(coroutine(bare_waiter, value_pointer(freed, NULL)));
    TRY(await_sleep(0));
    condition_free(freed);
    task_release(task);
    return NONE;
}

static void who_waits_for_a_freed_condition_waits_until_it_is_cancelled(void **state)
{
    assert_false(value_failed(run_traced(frees_another, NONE)));
    assert_said("CancelledError");
}

static void no_condition_is_a_memory_error(void **state)
{
    assert_is(await_condition_wait(condition), RuntimeError);
    assert_is(await_condition_wait(NULL), MemoryError);
    assert_is(await_condition_wait_for(NULL, NULL, NULL), MemoryError);
    assert_is(await_condition_acquire(NULL), MemoryError);
    assert_is(condition_release(NULL), MemoryError);
    assert_is(condition_notify(NULL, 1), MemoryError);
    assert_is(condition_exit(NULL, NONE), MemoryError);
    assert_false(condition_locked(NULL));
    condition_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        condition_rule(nothing_works_without_the_lock),
        condition_rule(who_is_notified_goes_on_when_the_lock_is_free),
        condition_rule(a_notify_wakes_the_first_n),
        condition_rule(a_notify_of_none_wakes_nobody),
        condition_rule(notify_all_wakes_all_and_they_take_the_lock_one_after_the_other),
        condition_rule(a_notify_does_not_count_who_was_woken_before),
        condition_rule(a_cancelled_wait_first_takes_the_lock_again),
        condition_rule(a_cancel_on_the_way_back_to_the_lock_is_told_when_it_is_held),
        condition_rule(many_cancels_on_the_way_back_are_one),
        condition_rule(a_notify_is_lost_with_the_one_it_woke),
        condition_rule(wait_for_asks_again_after_each_notify),
        condition_rule(wait_for_of_what_is_true_gives_no_turn_to_others),
        condition_rule(conditions_can_share_a_lock),
        condition_rule(async_with_holds_its_lock),
        condition_rule(who_waits_for_a_freed_condition_waits_until_it_is_cancelled),
        condition_rule(no_condition_is_a_memory_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
