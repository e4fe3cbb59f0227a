/*
 * A delay of 0 is a timer that is due: it joins the queue at the next poll, behind what stands there already.
 * So the callback queued last runs first, and what it queues comes an iteration later.
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

static void soon(void *none)
{
    print("soon");
    loop_call_soon(loop, say, "soon, from soon");
    loop_call_later(loop, 0, stop, NULL);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_later(loop, 0, say, "later");
    loop_call_later(loop, loop_seconds(-1), say, "earlier than now");
    loop_call_soon(loop, soon, NULL);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
