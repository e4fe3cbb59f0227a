/*
 * cancelling() counts requests and uncancel() takes them back, never below zero. It is a count and nothing
 * more: in 3.11 an uncancel does not take back the CancelledError that is on its way.
 */
#include "pair.h"

static Value child(Value none)
{
    Task *task = task_current();
    int left = task_uncancel(task);
    print("%d %d", left, task_cancelling(task));
    task_cancel(task, NULL);
    task_cancel(task, NULL);
    int first = task_uncancel(task), second = task_uncancel(task), third = task_uncancel(task);
    print("%d %d %d", first, second, third);
    if (value_is(await_sleep(loop_seconds(1)), &CancelledError))
        print("told nevertheless %d", task_cancelling(task));
    return await_sleep(loop_seconds(1));
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    await_task(task);
    print("%s %d", truth(future_cancelled(task_future(task))), task_uncancel(task));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
