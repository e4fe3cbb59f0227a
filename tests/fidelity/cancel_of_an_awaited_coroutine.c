/*
 * A coroutine that is awaited directly is part of its task: the error comes up where it waits, and each
 * frame above can catch it. The one in the middle that swallows it makes it end there.
 */
#include "pair.h"

static Value inner(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("inner cleans up");
    TRY(await_sleep(loop_seconds(1)));
    return outcome;
}

static Value middle(Value none)
{
    Value error = await_coroutine(coroutine(inner, NONE));
    if (value_is(error, &CancelledError))
        print("middle swallows %s", repr(error));
    return value_text("result");
}

static Value outer(Value none)
{
    print("outer %s", await_coroutine(coroutine(middle, NONE)).text);
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(outer, NONE));
    await_sleep(loop_seconds(1));
    task_cancel(task, "message");
    await_task(task);
    print("%s", truth(future_cancelled(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
