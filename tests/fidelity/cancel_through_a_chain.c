/*
 * A cancel of the first of three tasks that wait for one another goes down to the future at the end at
 * once, and comes back up one task in each iteration, with its message.
 */
#include "pair.h"

static Future *future;

static Value last(Value none)
{
    Value outcome = await_future(future);
    print("last");
    return outcome;
}

static Value await_and_release(Task *task)
{
    Value outcome = await_task(task);
    task_release(task);
    return outcome;
}

static Value middle(Value none)
{
    Value outcome = await_and_release(task_create(coroutine(last, NONE)));
    print("middle");
    return outcome;
}

static Value first(Value none)
{
    Value error = await_and_release(task_create(coroutine(middle, NONE)));
    if (value_is(error, &CancelledError))
        print("first %s", repr(error));
    return error;
}

static Value main_(Value none)
{
    future = loop_create_future(loop_running());
    Task *task = task_create(coroutine(first, NONE));
    await_sleep(loop_seconds(1));
    bool told = task_cancel(task, "down");
    print("%s %s", truth(told), truth(future_cancelled(future)));
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("main %s", repr(error));
    task_release(task);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
