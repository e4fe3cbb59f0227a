/*
 * Two cancels before the first step are one CancelledError. It carries the last message, because nothing
 * was thrown yet that could keep the first.
 */
#include "pair.h"

static Value child(Value none)
{
    print("never");
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    task_cancel(task, "first");
    task_cancel(task, "second");
    print("%d", task_cancelling(task));
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    bool again = task_cancel(task, NULL);
    print("%s %d", truth(again), task_cancelling(task));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
