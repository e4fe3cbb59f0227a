/*
 * When its time is over wait_for cancels what it awaits and waits until that has ended, however long its
 * clean-up takes. Then it is a TimeoutError.
 */
#include "pair.h"

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    TRY(await_sleep(loop_seconds(3)));
    print("clean");
    return outcome;
}

static const char *now(void)
{
    return repr(value_float((double)loop_time(loop_running()) / 1e9));
}

static Value main_(Value none)
{
    Value error = await_wait_for(awaitable(coroutine(child, NONE)), loop_seconds(1));
    if (value_is(error, &TimeoutError))
        print("%s %s", repr(error), now());
    Future *future = loop_create_future(loop_running());
    error = await_wait_for(awaitable(future), loop_seconds(1));
    if (value_is(error, &TimeoutError))
        print("%s %s %s", repr(error), now(), truth(future_cancelled(future)));
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
