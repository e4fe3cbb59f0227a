/*
 * A task cancelled before its first step still takes that step, and never runs its body. Its cancelled()
 * says so only afterwards.
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
    print("%s", truth(task_cancel(task, "too early")));
    print("%s", truth(future_cancelled(task_future(task))));
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    print("%s", truth(future_cancelled(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
