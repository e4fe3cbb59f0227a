/*
 * A timeout that is rescheduled cancels its timer and makes a new one: later, sooner, or for never. For a
 * time that is past it goes into the queue, and the task runs on to its next wait.
 */
#include "pair.h"

static Value run(const char *name, int64_t when)
{
    Loop *loop = loop_running();
    int64_t begin = loop_time(loop);
    Timeout *limit = timeout_enter(loop_seconds(2));
    Value outcome = await_sleep(loop_seconds(1));
    timeout_reschedule(limit, when == LOOP_FOREVER ? LOOP_FOREVER : begin + when);
    print("%s rescheduled", name);
    outcome = await_sleep(loop_seconds(5));
    if (!value_failed(outcome))
        print("%s slept", name);
    outcome = timeout_exit(limit, outcome, NULL);
    if (value_is(outcome, &TimeoutError))
        print("%s after %s", name, repr(value_float((double)(loop_time(loop) - begin) / 1e9)));
    return NONE;
}

static Value main_(Value none)
{
    run("later", loop_seconds(4));
    run("sooner", loop_seconds(1.5));
    run("now", loop_seconds(1));
    run("past", loop_seconds(0.5));
    run("never", LOOP_FOREVER);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
