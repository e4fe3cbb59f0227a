/*
 * A cancel of a task that waits in wait() does not reach what it waits for. Its callbacks and its timer
 * are taken away.
 */
#include "pair.h"

static Value child(Value none)
{
    TRY(await_sleep(loop_seconds(2)));
    return value_text("result");
}

static Value waits(Value task)
{
    Value outcome = await_wait(&task.future, 1, loop_seconds(3), ALL_COMPLETED, NULL);
    print("waits %s", truth(future_done(task.future)));
    return outcome;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    Task *waiting = task_create(coroutine(waits, value_task(task)));
    await_sleep(loop_seconds(1));
    task_cancel(waiting, NULL);
    Value result = await_task(task);
    print("%s %s", result.text, truth(future_cancelled(task_future(waiting))));
    await_sleep(loop_seconds(2));
    task_release(task);
    task_release(waiting);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
