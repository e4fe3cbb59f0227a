/*
 * Timers that are due fire in the order of their times, not of their calls: the one furthest in the past
 * first.
 */
#include "pair.h"

static Loop *loop;

static void stop(void *none)
{
    loop_stop(loop);
}

static void say(void *text)
{
    print("%s", (char *)text);
}

static void late(void *none)
{
    print("late");
    loop_call_at(loop, loop_seconds(2), say, "at 2");
    loop_call_at(loop, loop_seconds(1), say, "at 1");
    loop_call_at(loop, loop_seconds(3), say, "at 3, which is now");
    loop_call_at(loop, loop_seconds(4), stop, NULL);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_at(loop, loop_seconds(3), late, NULL);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
