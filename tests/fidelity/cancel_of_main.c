/*
 * A child cancels main, which waits for the child: so the child is cancelled itself, at its next wait. The
 * error leaves asyncio.run.
 */
#include "pair.h"

static Value child(Value main_task)
{
    task_cancel(future_task(main_task.future), "from below");
    print("still here %d", task_cancelling(task_current()));
    Value slept = await_sleep(loop_seconds(1));
    print("child ends");
    return slept;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, value_task(task_current())));
    Value outcome = await_task(task);
    task_release(task);
    return outcome;
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    return NONE;
}
