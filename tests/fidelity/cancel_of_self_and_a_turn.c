/*
 * A task that cancels itself and then only gives a turn away is told when its turn comes again.
 */
#include "pair.h"

static Value child(Value none)
{
    task_cancel(task_current(), NULL);
    Value error = await_sleep(0);
    if (!value_failed(error))
        print("never");
    else if (value_is(error, &CancelledError))
        print("told");
    await_sleep(0);
    print("only once");
    return NONE;
}

static Value other(Value none)
{
    print("other");
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    task_release(task_create(coroutine(other, NONE)));
    await_task(task);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
