/*
 * Of two cancels of a waiting task the first cancels what it waits for, and the second finds it cancelled:
 * one CancelledError, with the first message, and nothing is left over for the next await.
 */
#include "pair.h"

static Value child(Value none)
{
    Value error = await_sleep(loop_seconds(10));
    if (value_is(error, &CancelledError))
        print("%s %d", repr(error), task_cancelling(task_current()));
    TRY(await_sleep(loop_seconds(1)));
    print("slept well");
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    await_sleep(loop_seconds(1));
    task_cancel(task, "first");
    task_cancel(task, "second");
    await_task(task);
    print("%s %d", truth(future_cancelled(task_future(task))), task_cancelling(task));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
