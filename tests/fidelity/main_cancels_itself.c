/*
 * Main that cancels itself and returns is cancelled, and asyncio.run raises that, when its shutdown is
 * over. So is main that just raises CancelledError.
 */
#include "pair.h"

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("child ends");
    return outcome;
}

static Value main_(Value none)
{
    task_release(task_create(coroutine(child, NONE)));
    await_sleep(0);
    task_cancel(task_current(), "myself");
    return value_text("result");
}

static Value raises(Value none)
{
    return value_exception(&CancelledError, "by name");
}

PAIR
{
    Coroutine *coroutines[] = {coroutine(main_, NONE), coroutine(raises, NONE)};
    for (int k = 0; k < 2; k++) {
        Value error = loop_run(coroutines[k]);
        if (value_is(error, &CancelledError))
            print("%s", repr(error));
    }
    return NONE;
}
