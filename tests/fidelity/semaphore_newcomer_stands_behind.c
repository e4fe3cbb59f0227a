/*
 * Two are released while one waits: there is one left to take, but as long as the woken one stands in line a
 * newcomer stands behind it, and is woken by it.
 */
#include "pair.h"

static Semaphore *semaphore;

static Value waiter(Value name)
{
    TRY(await_semaphore_acquire(semaphore));
    print("%s has it", name.text);
    return NONE;
}

static Value main_(Value none)
{
    TRY(await_semaphore_acquire(semaphore));
    TRY(await_semaphore_acquire(semaphore));
    Task *first = task_create(coroutine(waiter, value_text("first")));
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    TRY(semaphore_release(semaphore));
    print("locked: %s", truth(semaphore_locked(semaphore)));
    Task *second = task_create(coroutine(waiter, value_text("second")));
    TRY(await_semaphore_acquire(semaphore));
    print("main has it");
    TRY(semaphore_release(semaphore));
    TRY(await_task(second));
    task_release(first);
    task_release(second);
    return NONE;
}

PAIR
{
    semaphore = semaphore_new(2);
    Value result = loop_run(coroutine(main_, NONE));
    semaphore_free(semaphore);
    return result;
}
