/*
 * A cancel of a task that waits for one that has not begun: that one never begins. It takes its first step
 * to die, and the waiting one is told an iteration later.
 */
#include "pair.h"

static Value child(Value none)
{
    print("never");
    return NONE;
}

static Value parent(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("parent %s", repr(error));
    task_release(task);
    return NONE;
}

static void cancel(void *task)
{
    task_cancel(task, "in time");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(parent, NONE));
    loop_call_soon(loop_running(), cancel, task);
    await_task(task);
    print("%s %d", truth(future_cancelled(task_future(task))), task_cancelling(task));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
