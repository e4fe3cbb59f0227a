/*
 * Cancelling the future that a task waits for is an error in that task's await, and no cancel of the task:
 * it counts none, and can go on.
 */
#include "pair.h"

static Future *future;

static Value catches(Value none)
{
    Value error = await_future(future);
    if (value_is(error, &CancelledError))
        print("catches %s %d", repr(error), task_cancelling(task_current()));
    return value_text("result");
}

static Value dies(Value none)
{
    return await_future(future);
}

static Value main_(Value none)
{
    future = loop_create_future(loop_running());
    Task *one = task_create(coroutine(catches, NONE)), *two = task_create(coroutine(dies, NONE));
    await_sleep(0);
    bool first = future_cancel(future, "gone"), again = future_cancel(future, "again");
    print("%s %s", truth(first), truth(again));
    print("%s", await_task(one).text);
    print("%s %d", truth(future_cancelled(task_future(two))), task_cancelling(two));
    task_release(one);
    task_release(two);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
