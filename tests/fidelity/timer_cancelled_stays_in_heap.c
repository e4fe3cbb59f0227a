/*
 * A cancelled timer is thrown away only when it stands at the top of the heap. Behind a live one it waits,
 * and where both fall due together it is moved to the queue and skipped there.
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
    Handle *top = loop_call_at(loop, loop_seconds(1), say, "top");
    loop_call_at(loop, loop_seconds(2), say, "alive");
    Handle *behind = loop_call_at(loop, loop_seconds(2), say, "behind");
    Handle *between = loop_call_at(loop, loop_seconds(3), say, "between");
    loop_call_at(loop, loop_seconds(4), stop, NULL);
    Handle *last = loop_call_at(loop, loop_seconds(4), say, "last");
    handle_cancel(top);
    handle_cancel(behind);
    handle_cancel(between);
    handle_cancel(last);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
