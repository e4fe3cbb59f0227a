/*
 * A task that swallows its CancelledError goes on and ends with a result. It was asked to end, and still
 * says so; who cancelled it and waits gets the result.
 */
#include "pair.h"

static Value stubborn(Value none)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        print("not me");
    TRY(await_sleep(loop_seconds(1)));
    return value_text("result");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(stubborn, NONE));
    await_sleep(loop_seconds(1));
    task_cancel(task, NULL);
    Value result = await_task(task);
    print("%s %s %d", result.text, truth(future_cancelled(task_future(task))), task_cancelling(task));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
