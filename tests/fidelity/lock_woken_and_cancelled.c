/*
 * The one that a release woke is cancelled before it runs: it wakes the next, or the lock would be free while
 * somebody waits for it.
 */
#include "pair.h"

static Lock *lock;

static Value user(Value name)
{
    TRY(await_lock_acquire(lock));
    print("%s has it", name.text);
    return lock_exit(lock, await_sleep(0));
}

static Value main_(Value none)
{
    TRY(await_lock_acquire(lock));
    Task *first = task_create(coroutine(user, value_text("first")));
    Task *second = task_create(coroutine(user, value_text("second")));
    TRY(await_sleep(0));
    TRY(lock_release(lock));
    task_cancel(first, NULL);
    print("%s", truth(lock_locked(lock)));
    TRY(await_task(second));
    print("%s %s", truth(future_cancelled(task_future(first))), truth(lock_locked(lock)));
    task_release(first);
    task_release(second);
    return NONE;
}

PAIR
{
    lock = lock_new();
    Value result = loop_run(coroutine(main_, NONE));
    lock_free(lock);
    return result;
}
