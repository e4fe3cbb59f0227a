/*
 * A loop that was stopped before it runs makes one iteration, which does not wait for timers, and runs
 * what is ready. Two stops are one.
 */
#include "pair.h"

static Loop *loop;

static void stop(void *none)
{
    loop_stop(loop);
}

static void say(void *text)
{
    print("%s at %g", (char *)text, (double)loop_time(loop) / 1e9);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_soon(loop, say, "soon");
    loop_call_later(loop, loop_seconds(1), say, "later");
    loop_stop(loop);
    loop_stop(loop);
    loop_run_forever(loop);
    print("returned");
    loop_stop(loop);
    loop_run_forever(loop);
    print("returned");
    loop_call_later(loop, loop_seconds(1), stop, NULL);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
