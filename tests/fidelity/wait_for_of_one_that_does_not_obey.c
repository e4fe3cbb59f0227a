/*
 * When the time is over and the cancelled one swallows it and returns, its result counts; if it fails
 * instead, its error does. Only one that ends cancelled is a TimeoutError.
 */
#include "pair.h"

static Value swallows(Value none)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        TRY(await_sleep(loop_seconds(1)));
    return value_text("result after all");
}

static Value fails(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    return value_is(outcome, &CancelledError) ? value_exception(&ValueError, "broken") : outcome;
}

static Value main_(Value none)
{
    print("%s", await_wait_for(awaitable(coroutine(swallows, NONE)), loop_seconds(1)).text);
    Value error = await_wait_for(awaitable(coroutine(fails, NONE)), loop_seconds(1));
    if (value_is(error, &ValueError))
        print("%s", repr(error));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
