/*
 * A cancel that comes when the wait is over but its task has not run yet wins: the task never sees what is
 * done. The completion callbacks that are still to run find the waiter done, and do nothing.
 */
#include "pair.h"

static Future *futures[2];

static Value waits(Value none)
{
    Value error = await_wait(futures, 2, LOOP_FOREVER, FIRST_COMPLETED, NULL);
    if (!value_failed(error))
        print("never");
    else if (value_is(error, &CancelledError))
        print("%s", repr(error));
    return NONE;
}

static void cancel(void *task)
{
    task_cancel(task, "just then");
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    futures[0] = loop_create_future(loop), futures[1] = loop_create_future(loop);
    Task *task = task_create(coroutine(waits, NONE));
    await_sleep(0);
    for (int k = 0; k < 2; k++)
        future_set_result(futures[k], NONE);
    loop_call_soon(loop, cancel, task);
    await_task(task);
    task_release(task);
    future_release(futures[0]);
    future_release(futures[1]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
