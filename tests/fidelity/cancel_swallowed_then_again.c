/*
 * A task that swallowed one cancel can be cancelled again: each cancel is a CancelledError of its own,
 * with its own message, and the counts add up.
 */
#include "pair.h"

static Value stubborn(Value none)
{
    for (int k = 0; k < 2; k++) {
        Value error = await_sleep(loop_seconds(10));
        if (value_is(error, &CancelledError))
            print("%s %d", repr(error), task_cancelling(task_current()));
    }
    return await_sleep(loop_seconds(10));
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(stubborn, NONE));
    await_sleep(0);
    static const char *const messages[] = {"first", "second", "third"};
    for (int k = 0; k < 3; k++) {
        task_cancel(task, messages[k]);
        await_sleep(loop_seconds(1));
    }
    print("%s %d", truth(future_cancelled(task_future(task))), task_cancelling(task));
    Value error = future_result(task_future(task));
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
