/*
 * A select waits a day at most. For a later timer the loop goes round once a day, with empty batches.
 */
#include "pair.h"

static Loop *loop;

static void say(void *text)
{
    print("%s at %g", (char *)text, (double)loop_time(loop) / 1e9);
    loop_stop(loop);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_later(loop, loop_seconds(200000), say, "done");
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
