/*
 * A release hands over to one who waits. If that one is cancelled before it runs it hands on what it was
 * given; the last one gives it back.
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
    TRY(semaphore_release(semaphore));
    task_cancel(first, NULL);
    TRY(await_sleep(0));
    print("locked: %s", truth(semaphore_locked(semaphore)));
    task_cancel(second, NULL);
    TRY(await_sleep(0));
    print("locked: %s", truth(semaphore_locked(semaphore)));
    TRY(await_semaphore_acquire(semaphore));
    print("main has it");
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
