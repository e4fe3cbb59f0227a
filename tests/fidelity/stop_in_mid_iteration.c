/*
 * stop() asks, and the loop looks when the iteration is over: the rest of the batch still runs. What was
 * queued meanwhile is left for the next run, which begins with it.
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

static void first(void *none)
{
    print("first");
    loop_call_soon(loop, say, "queued before the stop");
    loop_stop(loop);
    loop_call_soon(loop, say, "queued after the stop");
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_soon(loop, first, NULL);
    loop_call_soon(loop, say, "second");
    loop_run_forever(loop);
    print("again");
    loop_call_soon(loop, stop, NULL);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
