/*
 * Timers of one moment leave the heap together. The first can still cancel the others: they stand in the
 * queue and are skipped, but they are counted.
 */
#include "pair.h"

static Loop *loop;
static Handle *second, *fourth;

static void stop(void *none)
{
    loop_stop(loop);
}

static void first(void *none)
{
    print("first at %g", (double)loop_time(loop) / 1e9);
    handle_cancel(second);
    handle_cancel(fourth);
}

static void say(void *text)
{
    print("%s at %g", (char *)text, (double)loop_time(loop) / 1e9);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_at(loop, loop_seconds(1), first, NULL);
    second = handle_keep(loop_call_at(loop, loop_seconds(1), say, "second"));
    loop_call_at(loop, loop_seconds(1), say, "third");
    fourth = handle_keep(loop_call_at(loop, loop_seconds(2), say, "fourth"));
    loop_call_at(loop, loop_seconds(3), stop, NULL);
    loop_run_forever(loop);
    handle_release(second);
    handle_release(fourth);
    loop_free(loop);
    return NONE;
}
