/*
 * A cancelled gather with return_exceptions ends when the last child has ended, and what it tells is the
 * cancel of the child that was given last: with its message, or without when that one swallowed it.
 */
#include "pair.h"

static Value swallows(Value none)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        TRY(await_sleep(loop_seconds(1)));
    print("swallows ends");
    return NONE;
}

static Value obeys(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("obeys ends");
    return outcome;
}

static Value parent(Value children)
{
    Value error = await_gather(children.pointer, 2, true);
    if (value_is(error, &CancelledError))
        print("parent %s", repr(error));
    return NONE;
}

static Value main_(Value none)
{
    Awaitable children[2][2] = {
        {awaitable(coroutine(swallows, NONE)), awaitable(coroutine(obeys, NONE))},
        {awaitable(coroutine(obeys, NONE)), awaitable(coroutine(swallows, NONE))},
    };
    for (int k = 0; k < 2; k++) {
        Task *task = task_create(coroutine(parent, value_pointer(children[k], NULL)));
        await_sleep(loop_seconds(1));
        task_cancel(task, "enough");
        await_task(task);
        task_release(task);
    }
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
