/*
 * A release passes over who was cancelled and has not left the line yet: the next one is woken at once, not
 * an iteration later as with a lock.
 */
#include "pair.h"

static Semaphore *semaphore;

static Value waiter(Value name)
{
    Value outcome = await_semaphore_acquire(semaphore);
    print("%s %s", name.text, repr(outcome));
    return outcome;
}

static Value main_(Value none)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *first = task_create(coroutine(waiter, value_text("first")));
    Task *second = task_create(coroutine(waiter, value_text("second")));
    TRY(await_sleep(0));
    task_cancel(first, NULL);
    TRY(semaphore_release(semaphore));
    TRY(await_sleep(0));
    print("turn");
    TRY(await_task(second));
    print("locked: %s", truth(semaphore_locked(semaphore)));
    task_release(first);
    task_release(second);
    return NONE;
}

PAIR
{
    semaphore = semaphore_new(1);
    Value result = loop_run(coroutine(main_, NONE));
    semaphore_free(semaphore);
    return result;
}
