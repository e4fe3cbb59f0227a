/*
 * Two cancels before the task runs again are one CancelledError, with the first message; both are counted.
 */
#include "pair.h"

static Value sleeper(Value none)
{
    Value outcome = await_sleep(loop_seconds(1));
    print("%s %d", repr(outcome), task_cancelling(task_current()));
    return outcome;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(sleeper, NONE));
    await_sleep(0);
    print("%s", truth(task_cancel(task, "first")));
    print("%s", truth(task_cancel(task, "second")));
    Value outcome = await_task(task);
    print("%s %s", repr(outcome), truth(future_cancelled(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
