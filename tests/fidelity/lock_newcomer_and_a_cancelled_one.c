/*
 * All who stand in line were cancelled, but have not left it yet: a newcomer takes the free lock at once, and
 * the cancelled one finds it taken and wakes nobody.
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
    TRY(await_sleep(0));
    task_cancel(first, NULL);
    TRY(lock_release(lock));
    TRY(await_lock_acquire(lock));
    print("main has it");
    Task *second = task_create(coroutine(waiter, value_text("second")));
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    print("%s", truth(lock_locked(lock)));
    TRY(lock_release(lock));
    TRY(await_task(second));
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
