/*
 * A cancel goes to the task at the end of the chain, and if that one swallows it, nobody above is told:
 * they get the result, and only their counts show that they were cancelled.
 */
#include "pair.h"

static Value below(Value none)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        print("below swallows it");
    return value_text("result");
}

static Value above(Value none)
{
    Task *task = task_create(coroutine(below, NONE));
    Value result = await_task(task);
    task_release(task);
    TRY(await_sleep(loop_seconds(1)));
    return result;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(above, NONE));
    await_sleep(loop_seconds(1));
    task_cancel(task, NULL);
    Value result = await_task(task);
    print("%s %d", result.text, task_cancelling(task));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
