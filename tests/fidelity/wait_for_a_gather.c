/*
 * wait_for cancels a gather when the time is over: its children are cancelled, and it ends when they do,
 * with CancelledError also if one of them swallowed it. For wait_for that is the end it asked for:
 * TimeoutError.
 */
#include "pair.h"

static Value swallows(Value none)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        TRY(await_sleep(loop_seconds(1)));
    print("swallows ends");
    return value_text("result");
}

static Value obeys(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("obeys");
    return outcome;
}

static Value main_(Value none)
{
    Awaitable items[] = {awaitable(coroutine(swallows, NONE)), awaitable(coroutine(obeys, NONE))};
    Future *both = gather(items, 2, true);
    Value error = await_wait_for(awaitable(both), loop_seconds(1));
    if (value_is(error, &TimeoutError))
        print("%s %s %s", repr(error), truth(future_done(both)), truth(future_cancelled(both)));
    future_release(both);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
