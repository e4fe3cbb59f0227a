/*
 * test_dropped.c — a loop is closed over tasks that wait for locks and queues: they are dropped where they
 * stand, leave every line, and give back what they kept, whoever frees the object first.
 */
#include "support.h"

typedef struct Things {
    Lock *lock;
    Event *event;
    Condition *condition;
    Semaphore *semaphore;
    Barrier *barrier;
    Queue *empty, *full;
} Things;

static Things things;

static void free_things(void)
{
    lock_free(things.lock);
    event_free(things.event);
    condition_free(things.condition);
    semaphore_free(things.semaphore);
    barrier_free(things.barrier);
    queue_free(things.empty);
    queue_free(things.full);
    things = (Things){0};
}

static bool never(void *context)
{
    return false;
}

/* Each waits in a way of its own. */
static Value waits(Value way)
{
    switch (way.integer) {
    case 0:
        return await_lock_acquire(things.lock);
    case 1:
        return await_event_wait(things.event);
    case 2:
        TRY(await_condition_acquire(things.condition));
        return await_condition_wait_for(things.condition, never, NULL);
    case 3:
        return await_semaphore_acquire(things.semaphore);
    case 4:
        return await_barrier_wait(things.barrier);
    case 5:
        return await_queue_get(things.empty);
    case 6:
        return await_queue_put(things.full, NONE);
    default:
        return await_queue_join(things.full);
    }
}

enum { WAYS = 8 };

static Value leaves_them_waiting(Value free_first)
{
    TRY(await_lock_acquire(things.lock));
    TRY(queue_put_nowait(things.full, NONE));
    for (int k = 0; k < 2 * WAYS; k++)
        task_release(task_create(coroutine(waits, value_int(k % WAYS))));
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    if (free_first.boolean)
        free_things();
    return NONE;
}

static void close_over_them(bool free_first)
{
    things = (Things){lock_new(),     event_new(),  condition_new(NULL), semaphore_new(0),
                      barrier_new(3), queue_new(0), queue_new(1)};
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Task *task = loop_create_task(loop, coroutine(leaves_them_waiting, value_bool(free_first)), NULL);
    assert_false(value_failed(loop_run_until_complete(loop, task_future(task))));
    task_release(task);
    loop_free(loop);
}

static Value use(Value unused)
{
    TRY(lock_release(things.lock));
    TRY(await_lock_acquire(things.lock));
    event_set(things.event);
    TRY(await_event_wait(things.event));
    TRY(await_condition_acquire(things.condition));
    TRY(condition_notify_all(things.condition));
    TRY(condition_release(things.condition));
    TRY(semaphore_release(things.semaphore));
    TRY(await_semaphore_acquire(things.semaphore));
    assert_int_equal(barrier_n_waiting(things.barrier), 0);
    TRY(await_barrier_reset(things.barrier));
    assert_int_equal(queue_size(things.full), 1);
    TRY(await_queue_put(things.empty, NONE));
    TRY(await_queue_get(things.empty));
    return await_queue_get(things.full);
}

static void nobody_stands_in_line_any_more(void **state)
{
    close_over_them(false);
    assert_false(value_failed(run_traced(use, NONE)));
    free_things();
}

static void what_was_freed_before_goes_with_the_last_who_waits(void **state)
{
    close_over_them(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(nobody_stands_in_line_any_more),
        rule(what_was_freed_before_goes_with_the_last_who_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
