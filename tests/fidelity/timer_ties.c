/*
 * Timers of one moment fire in the order in which they were made, whatever else stands in the heap and
 * whatever was taken out of it.
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
    loop_call_at(loop, loop_seconds(2), say, "2 first");
    loop_call_at(loop, loop_seconds(1), say, "1 first");
    loop_call_at(loop, loop_seconds(2), say, "2 second");
    Handle *gone = loop_call_at(loop, loop_seconds(1), say, "gone");
    loop_call_at(loop, loop_seconds(2), say, "2 third");
    loop_call_at(loop, loop_seconds(1), say, "1 second");
    loop_call_at(loop, loop_seconds(0.5), say, "half");
    loop_call_at(loop, loop_seconds(2), say, "2 fourth");
    loop_call_at(loop, loop_seconds(1), say, "1 third");
    loop_call_at(loop, loop_seconds(2), stop, NULL);
    handle_cancel(gone);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
