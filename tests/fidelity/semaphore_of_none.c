/*
 * A semaphore may begin with none: whoever waits gets what others release. async with releases also when the
 * block fails.
 */
#include "pair.h"

static Semaphore *semaphore;

static Value block(Value none, void *name)
{
    print("%s has it", (const char *)name);
    TRY(await_sleep(0));
    return value_exception(&ValueError, name);
}

static Value user(Value name)
{
    return await_with(semaphore_context(semaphore), block, (void *)name.text);
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(user, value_text("a"))),
                     task_create(coroutine(user, value_text("b")))};
    TRY(await_sleep(0));
    print("locked: %s", truth(semaphore_locked(semaphore)));
    TRY(semaphore_release(semaphore));
    for (int k = 0; k < 2; k++) {
        print("%s", repr(await_task(tasks[k])));
        task_release(tasks[k]);
    }
    print("locked: %s", truth(semaphore_locked(semaphore)));
    return NONE;
}

PAIR
{
    semaphore = semaphore_new(0);
    Value result = loop_run(coroutine(main_, NONE));
    semaphore_free(semaphore);
    return result;
}
