/*
 * A task may answer its CancelledError with an error of its own: then it failed, and was not cancelled.
 */
#include "pair.h"

static Value child(Value none)
{
    Value error = await_sleep(loop_seconds(10));
    if (value_is(error, &CancelledError))
        return value_exception(&ValueError, "in the middle of something");
    return error;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    await_sleep(0);
    task_cancel(task, NULL);
    Value error = await_task(task);
    if (value_is(error, &ValueError))
        print("%s", repr(error));
    print("%s %s", truth(future_cancelled(task_future(task))), repr(future_exception(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
