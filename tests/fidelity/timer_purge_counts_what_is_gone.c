/*
 * The loop counts cancelled timers to know when to throw them away, and does not count one less for a
 * cancelled timer that went through the queue. So sixty of those are still counted later, among a hundred
 * live timers, and the one cancelled timer there is thrown away early.
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

static void refill(void *none)
{
    print("refill");
    for (int k = 0; k < 100; k++)
        loop_call_at(loop, loop_seconds(2), say, "later");
    loop_call_at(loop, loop_seconds(1), stop, NULL);
    handle_cancel(loop_call_at(loop, loop_seconds(1), say, "cancelled"));
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_at(loop, loop_seconds(1), refill, NULL);
    for (int k = 0; k < 60; k++)
        handle_cancel(loop_call_at(loop, loop_seconds(1), say, "cancelled"));
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
