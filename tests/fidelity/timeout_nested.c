/*
 * Two nested timeouts that expire at the same moment both cancel, and the task gets one CancelledError.
 * The inner block sees by the count that somebody else wants it cancelled too, and passes it on; the outer
 * one makes a TimeoutError of it.
 */
#include "pair.h"

static void nested(double outer_delay, double inner_delay)
{
    bool inner_expired, outer_expired;
    Timeout *outer = timeout_enter(loop_seconds(outer_delay));
    Timeout *inner = timeout_enter(loop_seconds(inner_delay));
    Value outcome = timeout_exit(inner, await_sleep(loop_seconds(10)), &inner_expired);
    if (value_is(outcome, &TimeoutError)) {
        print("inner turned it");
        outcome = await_sleep(loop_seconds(10));
    } else if (value_is(outcome, &CancelledError)) {
        print("inner passes it on");
    }
    outcome = timeout_exit(outer, outcome, &outer_expired);
    if (value_is(outcome, &TimeoutError))
        print("outer turned it");
    print("%s %s %d", truth(inner_expired), truth(outer_expired), task_cancelling(task_current()));
}

static Value main_(Value none)
{
    nested(1, 1);
    nested(1, 2);
    nested(2, 1);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
