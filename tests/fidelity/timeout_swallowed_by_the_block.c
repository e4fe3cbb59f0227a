/*
 * A block that swallows the cancel of its timeout ends normally: no TimeoutError, though it expired, and
 * the task's count is back at zero. A block that fails on its way out fails with that.
 */
#include "pair.h"

static Value main_(Value none)
{
    bool expired;
    Timeout *limit = timeout_enter(loop_seconds(1));
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        print("swallowed");
    timeout_exit(limit, NONE, &expired);
    print("%s %d", truth(expired), task_cancelling(task_current()));
    limit = timeout_enter(loop_seconds(1));
    await_sleep(loop_seconds(10));
    Value error = timeout_exit(limit, value_exception(&ValueError, "broken"), &expired);
    if (value_is(error, &ValueError))
        print("%s %s %d", repr(error), truth(expired), task_cancelling(task_current()));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
