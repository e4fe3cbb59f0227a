/*
 * A release meets a first waiter that was cancelled and has not run yet: nobody else is woken now; the
 * cancelled one does it when it runs, an iteration later.
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
    task_cancel(first, NULL);
    TRY(lock_release(lock));
    for (int k = 0; k < 4; k++) {
        TRY(await_sleep(0));
        print("turn %d", k);
    }
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
