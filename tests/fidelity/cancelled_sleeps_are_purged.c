/*
 * A cancelled sleep leaves its timer in the heap. Of so many, more than a hundred and more than half of
 * all, the next iteration throws them away: none of them goes through the queue when their moment comes.
 */
#include "pair.h"

static Value child(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    print("slept %s", repr(delay));
    return NONE;
}

static Value main_(Value none)
{
    Task *alive = task_create(coroutine(child, value_int(5)));
    Task *tasks[101];
    for (int k = 0; k < 101; k++)
        tasks[k] = task_create(coroutine(child, value_int(5)));
    await_sleep(loop_seconds(1));
    for (int k = 0; k < 101; k++)
        task_cancel(tasks[k], NULL);
    await_task(alive);
    for (int k = 0; k < 101; k++)
        task_release(tasks[k]);
    task_release(alive);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
