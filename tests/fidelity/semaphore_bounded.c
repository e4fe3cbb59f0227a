/*
 * A bounded semaphore counts what was handed over as not there: it can be released again while the woken one
 * has not run, but never more often than it was acquired.
 */
#include "pair.h"

static Semaphore *semaphore;

static Value user(Value name)
{
    TRY(await_semaphore_acquire(semaphore));
    print("%s has it", name.text);
    return semaphore_exit(semaphore, await_sleep(loop_seconds(1)));
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(user, value_text("a"))),
                     task_create(coroutine(user, value_text("b"))),
                     task_create(coroutine(user, value_text("c")))};
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    TRY(await_semaphore_acquire(semaphore));
    TRY(semaphore_release(semaphore));
    print("%s", repr(semaphore_release(semaphore)));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    semaphore = bounded_semaphore_new(2);
    Value result = loop_run(coroutine(main_, NONE));
    semaphore_free(semaphore);
    return result;
}
