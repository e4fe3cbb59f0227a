/*
 * Two conditions share a lock. Neither works without it, whoever holds it.
 */
#include "pair.h"

static Lock *lock;
static Condition *full, *empty;

static Value waiter(Value unused)
{
    TRY(await_lock_acquire(lock));
    TRY(await_condition_wait(full));
    print("full");
    TRY(condition_notify(empty, 1));
    return lock_release(lock);
}

static Value main_(Value none)
{
    print("%s", repr(await_condition_wait(full)));
    print("%s", repr(condition_notify(full, 1)));
    print("%s", repr(condition_release(empty)));
    Task *task = task_create(coroutine(waiter, NONE));
    TRY(await_sleep(0));
    TRY(await_condition_acquire(empty));
    print("%s", truth(condition_locked(full)));
    TRY(condition_notify(full, 1));
    TRY(await_condition_wait(empty));
    print("empty");
    TRY(condition_release(full));
    TRY(await_task(task));
    task_release(task);
    return NONE;
}

PAIR
{
    lock = lock_new();
    full = condition_new(lock);
    empty = condition_new(lock);
    Value result = loop_run(coroutine(main_, NONE));
    condition_free(full);
    condition_free(empty);
    lock_free(lock);
    return result;
}
