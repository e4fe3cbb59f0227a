/*
 * A timeout counts from where it was entered: in a task that was cancelled before and swallowed it, its
 * own cancel is still a TimeoutError. (Before 3.11.3 it was not: the count had to be zero.)
 */
#include "pair.h"

static Value child(Value none)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        print("swallowed %d", task_cancelling(task_current()));
    Timeout *limit = timeout_enter(loop_seconds(1));
    Value error = timeout_exit(limit, await_sleep(loop_seconds(10)), NULL);
    if (value_is(error, &TimeoutError))
        print("%s %d", repr(error), task_cancelling(task_current()));
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    await_sleep(loop_seconds(1));
    task_cancel(task, NULL);
    await_task(task);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
