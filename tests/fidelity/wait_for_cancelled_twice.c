/*
 * A second cancel while wait_for waits for the end of what it cancelled: it lets go, and the cancel comes
 * out at once. The awaited one cleans up alone.
 */
#include "pair.h"

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    TRY(await_sleep(loop_seconds(3)));
    print("clean");
    return outcome;
}

static Value parent(Value none)
{
    return await_wait_for(awaitable(coroutine(child, NONE)), loop_seconds(1));
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(parent, NONE));
    await_sleep(loop_seconds(2));
    task_cancel(task, "impatient");
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    await_sleep(loop_seconds(3));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
