/*
 * test_lock.c — Lock: who gets it, after how many iterations, and what a cancel leaves behind.
 */
#include "support.h"

#include <string.h>

static Lock *lock;

static int with_lock(void **state)
{
    lock = lock_new();
    return fresh(state);
}

static int without_lock(void **state)
{
    lock_free(lock);
    return 0;
}

#define lock_rule(name) cmocka_unit_test_setup_teardown(name, with_lock, without_lock)

/* Takes the lock, keeps it for a turn, gives it back. */
static Value holder(Value name)
{
    Value outcome = await_lock_acquire(lock);
    say("%s:%s", name.text, value_failed(outcome) ? outcome.exception->name : "has");
    TRY(outcome);
    assert_true(lock_locked(lock));
    outcome = await_sleep(0);
    say("%s:gives", name.text);
    return lock_exit(lock, outcome);
}

static Task *start(const char *name)
{
    return task_create(coroutine(holder, value_text(name)));
}

static Value takes_and_gives(Value unused)
{
    assert_false(lock_locked(lock));
    Value got = await_lock_acquire(lock);
    assert_true(got.kind == VALUE_BOOL && got.boolean);
    assert_true(lock_locked(lock));
    TRY(lock_release(lock));
    assert_false(lock_locked(lock));
    return NONE;
}

static void a_free_lock_is_taken_without_a_turn_for_others(void **state)
{
    assert_false(value_failed(run_traced(takes_and_gives, NONE)));
    assert_not_traced("\"of\":\"Lock.acquire\"");
    assert_int_equal(traced_times("\"what\":\"step\",\"task\":\"t1\""), 1);
}

static Value gives_what_it_has_not(Value unused)
{
    return lock_release(lock);
}

static void a_free_lock_cannot_be_released(void **state)
{
    Value error = run_traced(gives_what_it_has_not, NONE);
    assert_is(error, RuntimeError);
    assert_string_equal(error.message, "Lock is not acquired.");
}

static Value three_want_it(Value unused)
{
    Task *tasks[] = {start("a"), start("b"), start("c")};
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

static void waiters_get_it_in_the_order_in_which_they_came(void **state)
{
    assert_false(value_failed(run_traced(three_want_it, NONE)));
    assert_said("a:has a:gives b:has b:gives c:has c:gives");
    assert_int_equal(traced_times("\"of\":\"Lock.acquire\""), 2);
}

static Value release_and_count(Value unused)
{
    TRY(await_lock_acquire(lock));
    Task *task = start("a");
    TRY(await_sleep(0));
    TRY(lock_release(lock));
    say("free:%d", !lock_locked(lock));
    TRY(await_sleep(0));
    say("free:%d", !lock_locked(lock));
    TRY(await_task(task));
    task_release(task);
    return NONE;
}

/* One iteration: the release makes the waiter's future done, and so the waiter ready; it takes the lock when
   it runs. */
static void a_release_only_wakes_and_the_waiter_takes_it_one_iteration_later(void **state)
{
    run_traced(release_and_count, NONE);
    assert_said("free:1 a:has free:0 a:gives");
}

static Value newcomer(Value unused)
{
    TRY(await_lock_acquire(lock));
    Task *first = start("first");
    TRY(await_sleep(0));
    TRY(lock_release(lock)); /* free now, but the first one stands before us */
    Value outcome = await_lock_acquire(lock);
    say("main:%s", value_failed(outcome) ? "failed" : "has");
    TRY(lock_release(lock));
    TRY(await_task(first));
    task_release(first);
    return NONE;
}

static void a_newcomer_stands_behind_who_waits_although_it_is_free(void **state)
{
    run_traced(newcomer, NONE);
    assert_said("first:has first:gives main:has");
}

static Value all_cancelled(Value unused)
{
    TRY(await_lock_acquire(lock));
    Task *first = start("first");
    TRY(await_sleep(0));
    task_cancel(first, NULL);
    TRY(lock_release(lock));
    TRY(await_lock_acquire(lock)); /* the first one still stands there, but was cancelled */
    say("main:has");
    assert_is(await_task(first), CancelledError);
    TRY(lock_release(lock));
    task_release(first);
    return NONE;
}

static void who_was_cancelled_is_no_reason_to_wait(void **state)
{
    assert_false(value_failed(run_traced(all_cancelled, NONE)));
    assert_said("main:has first:CancelledError");
}

/* The one that was woken is cancelled before it runs. */
static Value cancel_the_woken(Value unused)
{
    TRY(await_lock_acquire(lock));
    Task *first = start("first"), *second = start("second");
    TRY(await_sleep(0));
    TRY(lock_release(lock));
    task_cancel(first, NULL);
    assert_is(await_task(first), CancelledError);
    TRY(await_task(second));
    task_release(first);
    task_release(second);
    return NONE;
}

static void who_is_cancelled_after_it_was_woken_wakes_the_next(void **state)
{
    assert_false(value_failed(run_traced(cancel_the_woken, NONE)));
    assert_said("first:CancelledError second:has second:gives");
}

static Value cancel_a_waiter(Value unused)
{
    TRY(await_lock_acquire(lock));
    Task *first = start("first"), *second = start("second");
    TRY(await_sleep(0));
    task_cancel(first, NULL);
    assert_is(await_task(first), CancelledError);
    assert_true(lock_locked(lock));
    assert_false(future_done(task_future(second)));
    TRY(lock_release(lock));
    TRY(await_task(second));
    task_release(first);
    task_release(second);
    return NONE;
}

static void a_cancelled_waiter_leaves_the_line_and_nobody_is_woken(void **state)
{
    assert_false(value_failed(run_traced(cancel_a_waiter, NONE)));
    assert_said("first:CancelledError second:has second:gives");
}

/* A waiter that was cancelled stands first while the lock is given back: it is done, and passes it on when it
   runs. */
static Value release_to_a_cancelled(Value unused)
{
    TRY(await_lock_acquire(lock));
    Task *first = start("first"), *second = start("second");
    TRY(await_sleep(0));
    task_cancel(first, NULL);
    TRY(lock_release(lock));
    TRY(await_sleep(0));
    say("main:turn");
    TRY(await_sleep(0));
    say("main:turn");
    TRY(await_task(second));
    assert_true(future_cancelled(task_future(first)));
    task_release(first);
    task_release(second);
    return NONE;
}

static void a_release_to_a_cancelled_one_reaches_the_next_an_iteration_later(void **state)
{
    assert_false(value_failed(run_traced(release_to_a_cancelled, NONE)));
    assert_said("first:CancelledError main:turn second:has main:turn second:gives");
}

static Value block(Value entered, void *argument)
{
    assert_int_equal(entered.kind, VALUE_NONE);
    assert_true(lock_locked(lock));
    return argument ? value_exception(&ValueError, "boom") : value_int(7);
}

static Value with_blocks(Value unused)
{
    Value outcome = await_with(lock_context(lock), block, NULL);
    assert_int_equal(outcome.integer, 7);
    assert_false(lock_locked(lock));
    outcome = await_with(lock_context(lock), block, lock);
    assert_false(lock_locked(lock));
    return outcome;
}

static void async_with_gives_it_back_also_after_a_failure(void **state)
{
    Value error = run_traced(with_blocks, NONE);
    assert_is(error, ValueError);
}

static Value stays_for_good(Value unused)
{
    TRY(await_lock_acquire(lock));
    Task *waiter = start("waiter");
    TRY(await_sleep(0));
    lock_free(lock); /* the waiter keeps it */
    lock = NULL;
    TRY(await_sleep(0));
    say("waits:%d", !future_done(task_future(waiter)));
    task_release(waiter);
    return NONE;
}

static void who_waits_for_a_freed_lock_waits_until_it_is_cancelled(void **state)
{
    assert_false(value_failed(run_traced(stays_for_good, NONE)));
    assert_said("waits:1 waiter:CancelledError");
}

static Value leave_a_waiter(Value task)
{
    TRY(await_lock_acquire(lock));
    Task *waiter = start("dropped");
    TRY(await_sleep(0));
    task_release(waiter);
    return NONE;
}

/* No asyncio.run here: nobody cancels the waiter; the loop is closed over it. */
static void a_dropped_waiter_stands_in_line_no_longer(void **state)
{
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Task *task = loop_create_task(loop, coroutine(leave_a_waiter, NONE), NULL);
    assert_false(value_failed(loop_run_until_complete(loop, task_future(task))));
    task_release(task);
    loop_free(loop);
    assert_said("report:Task was destroyed but it is pending!");
    assert_false(value_failed(lock_release(lock)));
    assert_false(value_failed(run_traced(takes_and_gives, NONE)));
}

static Value wait_elsewhere(Value unused)
{
    TRY(await_lock_acquire(lock));
    Value outcome = await_lock_acquire(lock);
    TRY(lock_release(lock));
    return outcome;
}

static void a_lock_belongs_to_the_loop_in_which_somebody_waited(void **state)
{
    assert_false(value_failed(run_traced(three_want_it, NONE)));
    Value error = run_traced(wait_elsewhere, NONE);
    assert_is(error, RuntimeError);
    assert_non_null(strstr(error.message, "is bound to a different event loop"));
    assert_false(lock_locked(lock));
}

static Value waits_in_vain(Value unused)
{
    TRY(await_lock_acquire(lock));
    return await_lock_acquire(lock);
}

static void the_await_chain_names_acquire(void **state)
{
    assert_is(run_traced(waits_in_vain, NONE), StuckError);
    assert_traced("[\"Lock.acquire\",\"");
    assert_traced("\"of\":\"Lock.acquire\"");
}

static void no_lock_is_a_memory_error(void **state)
{
    assert_is(await_lock_acquire(lock), RuntimeError); /* outside a task */
    assert_is(await_lock_acquire(NULL), MemoryError);
    assert_is(lock_release(NULL), MemoryError);
    assert_is(lock_exit(NULL, NONE), MemoryError);
    assert_is(await_with(lock_context(NULL), block, NULL), MemoryError);
    assert_false(lock_locked(NULL));
    lock_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        lock_rule(a_free_lock_is_taken_without_a_turn_for_others),
        lock_rule(a_free_lock_cannot_be_released),
        lock_rule(waiters_get_it_in_the_order_in_which_they_came),
        lock_rule(a_release_only_wakes_and_the_waiter_takes_it_one_iteration_later),
        lock_rule(a_newcomer_stands_behind_who_waits_although_it_is_free),
        lock_rule(who_was_cancelled_is_no_reason_to_wait),
        lock_rule(who_is_cancelled_after_it_was_woken_wakes_the_next),
        lock_rule(a_cancelled_waiter_leaves_the_line_and_nobody_is_woken),
        lock_rule(a_release_to_a_cancelled_one_reaches_the_next_an_iteration_later),
        lock_rule(async_with_gives_it_back_also_after_a_failure),
        lock_rule(who_waits_for_a_freed_lock_waits_until_it_is_cancelled),
        lock_rule(a_dropped_waiter_stands_in_line_no_longer),
        lock_rule(a_lock_belongs_to_the_loop_in_which_somebody_waited),
        lock_rule(the_await_chain_names_acquire),
        lock_rule(no_lock_is_a_memory_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
