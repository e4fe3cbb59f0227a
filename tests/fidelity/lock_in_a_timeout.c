/*
 * A timeout in the line for a lock: the one that gave up stands there no longer, and the lock passes it by.
 */
#include "pair.h"

static Lock *lock;

static Value holder(Value none)
{
    TRY(await_lock_acquire(lock));
    return lock_exit(lock, await_sleep(loop_seconds(3)));
}

static Value patient(Value none)
{
    TRY(await_lock_acquire(lock));
    print("patient at %d", (int)(loop_time(loop_running()) / loop_seconds(1)));
    return lock_release(lock);
}

static Value hurried(Value none)
{
    bool expired;
    Timeout *limit = timeout_enter(loop_seconds(2));
    Value outcome = timeout_exit(limit, await_lock_acquire(lock), &expired);
    print("%s %s", repr(outcome), truth(expired));
    return NONE;
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(holder, NONE)), task_create(coroutine(hurried, NONE)),
                     task_create(coroutine(patient, NONE))};
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    lock = lock_new();
    Value result = loop_run(coroutine(main_, NONE));
    lock_free(lock);
    return result;
}
