/*
 * A callback that blocks makes everybody late. Timers that fell due meanwhile come in the order of their
 * times, all in one batch, behind what was queued; a sleep that begins later counts from then.
 */
#include "pair.h"

static Loop *loop;

static void stop(void *none)
{
    loop_stop(loop);
}

static void say(void *text)
{
    print("%s %s", (char *)text, repr(value_float((double)loop_time(loop) / 1e9)));
}

static void block(void *none)
{
    loop_call_soon(loop, say, "queued before");
    blocking_sleep(loop_seconds(3));
    loop_call_soon(loop, say, "queued after");
    loop_call_later(loop, loop_seconds(1), say, "a second after");
    loop_call_later(loop, loop_seconds(2), stop, NULL);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_later(loop, loop_seconds(1), block, NULL);
    loop_call_later(loop, loop_seconds(3), say, "at 3");
    loop_call_later(loop, loop_seconds(2), say, "at 2");
    loop_call_later(loop, loop_seconds(4), say, "at 4");
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
