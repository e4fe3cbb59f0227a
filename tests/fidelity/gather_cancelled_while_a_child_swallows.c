/*
 * A cancel of a task that awaits gather cancels the children, and gather ends when they do. Also if one of
 * them swallows its cancel and returns a result, or all do, gather ends with CancelledError: it was asked
 * to.
 */
#include "pair.h"

static Value swallows(Value delay)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        print("swallowed %s", repr(delay));
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    return delay;
}

static Value parent(Value return_exceptions)
{
    Awaitable both[] = {awaitable(coroutine(swallows, value_int(1))),
                        awaitable(coroutine(swallows, value_int(2)))};
    Value error = await_gather(both, 2, return_exceptions.boolean);
    if (value_is(error, &CancelledError))
        print("parent %s", repr(error));
    return NONE;
}

static Value main_(Value none)
{
    for (int return_exceptions = 0; return_exceptions < 2; return_exceptions++) {
        Task *task = task_create(coroutine(parent, value_bool(return_exceptions)));
        await_sleep(loop_seconds(1));
        task_cancel(task, "enough");
        await_task(task);
        print("%d", task_cancelling(task));
        task_release(task);
    }
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
