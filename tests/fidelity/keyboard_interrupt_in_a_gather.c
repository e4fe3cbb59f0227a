/*
 * KeyboardInterrupt in a child of gather leaves the loop, and its callback is still in the queue: in the
 * shutdown of asyncio.run it gives the interrupt to main, which ends with it, and so ends the shutdown
 * too, before its two last tasks.
 */
#include "pair.h"

static Value interrupts(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&KeyboardInterrupt, "by hand");
}

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("child ends");
    return outcome;
}

static Value main_(Value none)
{
    Awaitable both[] = {awaitable(coroutine(interrupts, NONE)), awaitable(coroutine(child, NONE))};
    Value error = await_gather(both, 2, false);
    if (value_failed(error))
        print("main %s", repr(error));
    return error;
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &KeyboardInterrupt))
        print("%s", repr(error));
    return NONE;
}
