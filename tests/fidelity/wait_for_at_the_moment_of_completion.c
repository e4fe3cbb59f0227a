/*
 * The awaited one ends at the moment of the timeout. If its own timer is older it has ended when wait_for
 * looks, and that is in time; if the timeout's timer is older, wait_for cancels it when its sleep is over
 * but its task has not run: the result is lost.
 */
#include "pair.h"

static Value child(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    print("slept");
    return value_text("result");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    await_sleep(0);
    print("%s", await_wait_for(awaitable(task), loop_seconds(1)).text);
    Value error = await_wait_for(awaitable(coroutine(child, NONE)), loop_seconds(1));
    if (value_is(error, &TimeoutError))
        print("%s", repr(error));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
