/*
 * test_sync_memory.c — out of memory among locks and queues: whichever allocation fails, it ends with an
 * error that is a value; whoever waits gets on; and a condition is never left without its lock held.
 */
#include "support.h"

#include "memory.h"

/* All that a program shares; any of them can be NULL. */
typedef struct Things {
    Lock *lock;
    Event *event;
    Condition *condition;
    Semaphore *semaphore;
    Barrier *barrier;
    Queue *queues[3];
} Things;

static Things things;

static bool wait_is_over;

static bool is_over(void *context)
{
    return wait_is_over;
}

static Value block(Value entered, void *argument)
{
    return await_sleep(0);
}

static Value in_condition(Value entered, void *argument)
{
    Value outcome = await_condition_wait_for(things.condition, is_over, NULL);
    assert_true(condition_locked(things.condition));
    return outcome;
}

static Value user(Value number)
{
    TRY(await_with(lock_context(things.lock), block, NULL));
    TRY(await_with(semaphore_context(things.semaphore), block, NULL));
    for (int k = 0; k < 3; k++) {
        TRY(await_queue_put(things.queues[k], number));
        TRY(await_queue_get(things.queues[k]));
        TRY(queue_task_done(things.queues[k]));
    }
    TRY(await_event_wait(things.event));
    TRY(await_with(condition_context(things.condition), in_condition, NULL));
    return await_barrier_wait(things.barrier);
}

static Value leads(Value unused)
{
    Future *users[2] = {task_future(task_create(coroutine(user, value_int(2)))),
                        task_future(task_create(coroutine(user, value_int(1))))};
    for (int k = 0; k < 12; k++)
        await_sleep(0);
    event_set(things.event);
    for (int k = 0; k < 4; k++)
        await_sleep(0);
    Value outcome = await_condition_acquire(things.condition);
    wait_is_over = true;
    if (!value_failed(outcome)) {
        condition_notify_all(things.condition);
        condition_release(things.condition);
    }
    for (int k = 0; k < 8; k++)
        await_sleep(0);
    for (int k = 0; k < 2; k++) {
        if (!users[k])
            outcome = value_exception(&MemoryError, NULL);
        else if (!future_done(users[k])) /* one of the two has failed: the barrier waits in vain */
            future_cancel(users[k], NULL);
        else if (value_failed(future_result(users[k])))
            outcome = future_result(users[k]);
        future_release(users[k]);
    }
    return outcome;
}

static void make_things(void)
{
    things = (Things){
        .lock = lock_new(),
        .event = event_new(),
        .condition = condition_new(NULL),
        .semaphore = semaphore_new(1),
        .barrier = barrier_new(2),
        .queues = {queue_new(1), priority_queue_new(1), lifo_queue_new(1)},
    };
}

static void free_things(void)
{
    lock_free(things.lock);
    event_free(things.event);
    condition_free(things.condition);
    semaphore_free(things.semaphore);
    barrier_free(things.barrier);
    for (int k = 0; k < 3; k++)
        queue_free(things.queues[k]);
}

static Value run_once(void)
{
    wait_is_over = false;
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    make_things();
    Coroutine *main_coroutine = coroutine(leads, NONE);
    Value result = main_coroutine ? loop_run(main_coroutine) : value_exception(&MemoryError, NULL);
    free_things();
    return result;
}

/* In a thread of its own: nothing is pooled yet, so every allocation is a real one. */
static void *run_with_failure(void *nth)
{
    memory_fail_after(*(long *)nth);
    Value result = run_once();
    bool failed = memory_has_failed();
    memory_fail_after(-1);
    assert_true(value_is(result, &MemoryError) || !value_failed(result));
    assert_false(value_failed(run_once()));
    return failed ? nth : NULL;
}

static void any_allocation_may_fail(void **state)
{
    assert_true(fail_each_allocation(run_with_failure) > 20); /* so many there are at least */
}

/* ------------------------------------------------------------------------- on the way back to a lock ---- */

static Value waits(Value condition)
{
    TRY(await_condition_acquire(condition.pointer));
    Value outcome = await_condition_wait(condition.pointer);
    say("%s, locked:%d", value_failed(outcome) ? outcome.exception->name : "on",
        condition_locked(condition.pointer));
    return condition_exit(condition.pointer, outcome);
}

enum { MANY = 4096 };

/* Until the next future needs memory that is not there yet. */
static size_t use_up_futures(Future **futures)
{
    size_t count = 0;
    for (bool failed = false; !failed && count < MANY; failed = memory_has_failed()) {
        memory_fail_after(0);
        Future *future = loop_create_future(loop_running());
        if (future)
            futures[count++] = future;
    }
    assert_true(count < MANY);
    return count;
}

static Value no_memory_on_the_way_back(Value cancels)
{
    static Future *futures[MANY];
    Condition *condition = condition_new(NULL);
    Task *task = task_create(coroutine(waits, value_pointer(condition, NULL)));
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    TRY(condition_notify(condition, 1));
    size_t count = use_up_futures(futures);
    memory_fail_after(0);
    TRY(await_sleep(0)); /* it runs, and there is no memory for its place in the lock's line */
    assert_true(memory_has_failed());
    memory_fail_after(-1);
    if (cancels.boolean)
        task_cancel(task, NULL);
    TRY(await_sleep(0));
    say("waits:%d", !future_done(task_future(task)));
    TRY(condition_release(condition));
    Value outcome = await_task(task);
    assert_true(value_is(outcome, cancels.boolean ? &CancelledError : &MemoryError));
    assert_false(condition_locked(condition));
    while (count)
        future_release(futures[--count]);
    task_release(task);
    condition_free(condition);
    return NONE;
}

static void a_condition_is_left_with_its_lock_held_also_without_memory(void **state)
{
    assert_false(value_failed(loop_run(coroutine(no_memory_on_the_way_back, value_bool(false)))));
    assert_said("waits:1 MemoryError, locked:1");
}

static void a_cancel_on_that_way_is_told_with_the_lock_held_too(void **state)
{
    assert_false(value_failed(loop_run(coroutine(no_memory_on_the_way_back, value_bool(true)))));
    assert_said("waits:1 CancelledError, locked:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(any_allocation_may_fail),
        rule(a_condition_is_left_with_its_lock_held_also_without_memory),
        rule(a_cancel_on_that_way_is_told_with_the_lock_held_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
