/*
 * A cancel of the task in the middle kills those that wait for it too, though nobody cancelled them; the
 * one that it waits for was cancelled with it. One above that catches the error goes on.
 */
#include "pair.h"

enum { LAST, MIDDLE, FIRST };
static Task *tasks[3];

static Value last(Value none)
{
    return await_sleep(loop_seconds(10));
}

static Value middle(Value none)
{
    return await_task(tasks[LAST]);
}

static Value first(Value none)
{
    if (value_is(await_task(tasks[MIDDLE]), &CancelledError))
        print("first caught it %d", task_cancelling(task_current()));
    return await_sleep(loop_seconds(1));
}

static Value main_(Value none)
{
    tasks[LAST] = task_create(coroutine(last, NONE));
    tasks[MIDDLE] = task_create(coroutine(middle, NONE));
    tasks[FIRST] = task_create(coroutine(first, NONE));
    await_sleep(0);
    await_sleep(0);
    task_cancel(tasks[MIDDLE], NULL);
    await_task(tasks[FIRST]);
    static const char *const names[] = {"last", "middle", "first"};
    for (int k = LAST; k <= FIRST; k++) {
        bool cancelled = future_cancelled(task_future(tasks[k]));
        print("%s %s %d", names[k], truth(cancelled), task_cancelling(tasks[k]));
        task_release(tasks[k]);
    }
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
