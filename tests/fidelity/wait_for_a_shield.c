/*
 * wait_for cancels a shield when the time is over, and not what is behind it. So one can wait for a while,
 * and again, for a task that goes on.
 */
#include "pair.h"

static Value child(Value none)
{
    TRY(await_sleep(loop_seconds(3)));
    return value_text("result");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    for (int k = 0; k < 4; k++) {
        Future *shielded = shield(awaitable(task));
        Value got = await_wait_for(awaitable(shielded), loop_seconds(1));
        future_release(shielded);
        if (!value_failed(got)) {
            print("%d %s", k, got.text);
            break;
        }
        if (value_is(got, &TimeoutError))
            print("%d not yet %d", k, task_cancelling(task));
    }
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
