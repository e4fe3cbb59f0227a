/*
 * A release makes the lock free, but only wakes who waits. A newcomer that asks before that one runs finds it
 * free, and stands behind all the same.
 */
#include "pair.h"

static Lock *lock;

static Value waiter(Value name)
{
    TRY(await_lock_acquire(lock));
    print("%s has it", name.text);
    return lock_release(lock);
}

static Value main_(Value none)
{
    TRY(await_lock_acquire(lock));
    Task *first = task_create(coroutine(waiter, value_text("first")));
    Task *second = task_create(coroutine(waiter, value_text("second")));
    TRY(await_sleep(0));
    TRY(lock_release(lock));
    print("locked %s", truth(lock_locked(lock)));
    TRY(await_lock_acquire(lock));
    print("main has it");
    TRY(lock_release(lock));
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
