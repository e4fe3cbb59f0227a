/*
 * A handle that is cancelled in the queue stays where it stands: it is counted in the batch, and skipped.
 */
#include "pair.h"

static Loop *loop;
static Handle *second;

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
    handle_cancel(second);
    loop_call_soon(loop, stop, NULL);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_soon(loop, first, NULL);
    second = handle_keep(loop_call_soon(loop, say, "second"));
    loop_call_soon(loop, say, "third");
    loop_run_forever(loop);
    print("%s", truth(handle_cancelled(second)));
    handle_release(second);
    loop_free(loop);
    return NONE;
}
