/*
 * A cancel of a task that awaits shield cancels the shield only. What is behind it goes on, ends in its
 * own time, and can be awaited again. The waiter is told one iteration after the cancel, as always.
 */
#include "pair.h"

static Value inner(Value none)
{
    TRY(await_sleep(loop_seconds(2)));
    print("inner ends");
    return value_text("result");
}

static Value outer(Value task)
{
    Value error = await_shield(awaitable(task.future));
    if (value_is(error, &CancelledError))
        print("%s %s", repr(error), truth(future_done(task.future)));
    return await_future(task.future);
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(inner, NONE));
    Task *waiting = task_create(coroutine(outer, value_task(task)));
    await_sleep(loop_seconds(1));
    task_cancel(waiting, "only you");
    Value result = await_task(waiting);
    print("%s %d", result.text, task_cancelling(task));
    task_release(task);
    task_release(waiting);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
