/*
 * A cancel from outside goes through a timeout's block as it is, and the timeout's timer is cancelled with
 * the block's end: it does not fire into what the task does next.
 */
#include "pair.h"

static Value child(Value none)
{
    bool expired;
    Timeout *limit = timeout_enter(loop_seconds(2));
    Value error = timeout_exit(limit, await_sleep(loop_seconds(10)), &expired);
    if (value_is(error, &CancelledError))
        print("%s %s %d", repr(error), truth(expired), task_cancelling(task_current()));
    TRY(await_sleep(loop_seconds(5)));
    print("not disturbed");
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    await_sleep(loop_seconds(1));
    task_cancel(task, "from outside");
    await_task(task);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
