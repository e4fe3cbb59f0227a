/*
 * A task that raises CancelledError by itself is cancelled, though nobody cancelled it.
 */
#include "pair.h"

static Value child(Value none)
{
    return value_exception(&CancelledError, "my own");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    print("%s %d %d", truth(future_cancelled(task_future(task))), task_cancelling(task),
          task_cancelling(task_current()));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
