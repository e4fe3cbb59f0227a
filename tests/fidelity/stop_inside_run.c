/*
 * Who stops the loop under asyncio.run ends main's run before main has ended: that is an error of the run,
 * and main is cancelled in the shutdown like any task that is left.
 */
#include "pair.h"

static void stop(void *loop)
{
    loop_stop(loop);
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    loop_call_later(loop, loop_seconds(1), stop, loop);
    Value outcome = await_sleep(loop_seconds(10));
    print("main ends");
    return outcome;
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
    return NONE;
}
