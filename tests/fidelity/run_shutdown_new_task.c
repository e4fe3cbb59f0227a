/*
 * A task that is made during the shutdown of asyncio.run is not cancelled, and not waited for: it runs as
 * long as the shutdown does, and is left where it is.
 */
#include "pair.h"

static Task *task;

static Value late(Value none)
{
    for (int k = 0; k < 100; k++) {
        print("late %d", k);
        TRY(await_sleep(0));
    }
    return NONE;
}

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    task = task_create(coroutine(late, NONE));
    return outcome;
}

static Value main_(Value none)
{
    task_release(task_create(coroutine(child, NONE)));
    await_sleep(0);
    return NONE;
}

PAIR
{
    Value outcome = loop_run(coroutine(main_, NONE));
    print("%s", truth(future_done(task_future(task))));
    task_release(task);
    return outcome;
}
