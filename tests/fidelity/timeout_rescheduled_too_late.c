/*
 * A timeout that has expired cannot be rescheduled any more: not in the block's clean-up, where it is
 * expiring. One without a time can still get one, and counts from then on.
 */
#include "pair.h"

static const char *now(void)
{
    return repr(value_float((double)loop_time(loop_running()) / 1e9));
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Timeout *limit = timeout_enter(loop_seconds(1));
    Value outcome = await_sleep(loop_seconds(10));
    Value error = timeout_reschedule(limit, loop_seconds(5));
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
    outcome = timeout_exit(limit, outcome, NULL);
    if (value_is(outcome, &TimeoutError))
        print("expired at %s", now());
    limit = timeout_enter(LOOP_FOREVER);
    await_sleep(loop_seconds(1));
    timeout_reschedule(limit, loop_time(loop) + loop_seconds(1));
    outcome = timeout_exit(limit, await_sleep(loop_seconds(10)), NULL);
    if (value_is(outcome, &TimeoutError))
        print("expired at %s", now());
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
