/*
 * A task that cancelled itself cancels what it waits for next. If that is a task, the cancel is that one's
 * from then on: when it swallows it, the first never hears of it again.
 */
#include "pair.h"

static Value swallows(Value none)
{
    Value error = await_sleep(loop_seconds(10));
    if (value_is(error, &CancelledError))
        print("swallows %s", repr(error));
    return value_text("result");
}

static Value cancels_itself(Value task)
{
    task_cancel(task_current(), "for myself");
    print("%s", await_future(task.future).text);
    TRY(await_sleep(loop_seconds(1)));
    return value_text("nothing happened");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(swallows, NONE));
    await_sleep(0);
    Task *itself = task_create(coroutine(cancels_itself, value_task(task)));
    Value result = await_task(itself);
    print("%s %d %d", result.text, task_cancelling(itself), task_cancelling(task));
    task_release(task);
    task_release(itself);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
