/*
 * timeout() cancels the task that entered it, with a timer and no task of its own, and makes a
 * TimeoutError of that cancel where the block ends; the task is as if it had never been cancelled.
 */
#include "pair.h"

static const char *seconds(int64_t time)
{
    return time == LOOP_FOREVER ? "None" : repr(value_float((double)time / 1e9));
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Timeout *limit = timeout_enter(loop_seconds(1));
    print("%s %s", seconds(timeout_when(limit)), truth(timeout_expired(limit)));
    Value outcome = await_sleep(loop_seconds(10));
    print("cancelled %s %d", truth(timeout_expired(limit)), task_cancelling(task_current()));
    await_sleep(loop_seconds(1));
    bool expired;
    Value error = timeout_exit(limit, outcome, &expired);
    if (value_is(error, &TimeoutError))
        print("%s %s %s %d", repr(error), seconds(loop_time(loop)), truth(expired),
              task_cancelling(task_current()));
    limit = timeout_enter(loop_seconds(1));
    outcome = await_sleep(loop_seconds(0.5));
    TRY(timeout_exit(limit, outcome, &expired));
    print("%s", truth(expired));
    limit = timeout_enter(LOOP_FOREVER);
    outcome = await_sleep(loop_seconds(5));
    int64_t when = timeout_when(limit);
    TRY(timeout_exit(limit, outcome, NULL));
    print("%s", seconds(when));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
