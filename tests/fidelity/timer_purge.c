/*
 * Of more than a hundred timers, more than half of them cancelled, the cancelled ones are thrown away
 * wherever they stand. So those behind the live ones of the same moment never reach the queue.
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

PAIR
{
    loop = loop_new(NULL);
    loop_call_at(loop, loop_seconds(1), say, "alive");
    Handle *cancelled[60];
    for (int k = 0; k < 60; k++)
        cancelled[k] = loop_call_at(loop, loop_seconds(1), say, "cancelled");
    for (int k = 0; k < 40; k++)
        loop_call_at(loop, loop_seconds(2), say, "later");
    for (int k = 0; k < 60; k++)
        handle_cancel(cancelled[k]);
    loop_call_at(loop, loop_seconds(1), stop, NULL);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
