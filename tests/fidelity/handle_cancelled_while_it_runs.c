/*
 * Cancelling a handle that runs, or that ran, comes too late: it says that it is cancelled, and that is all.
 */
#include "pair.h"

static Loop *loop;
static Handle *handle, *other;

static void afterwards(void *none)
{
    handle_cancel(other);
    print("other %s", truth(handle_cancelled(other)));
    loop_stop(loop);
}

static void own(void *none)
{
    print("before");
    handle_cancel(handle);
    print("after %s", truth(handle_cancelled(handle)));
    loop_call_soon(loop, afterwards, NULL);
}

static void say(void *text)
{
    print("%s", (char *)text);
}

PAIR
{
    loop = loop_new(NULL);
    handle = handle_keep(loop_call_later(loop, loop_seconds(1), own, NULL));
    other = handle_keep(loop_call_later(loop, loop_seconds(1), say, "other"));
    loop_run_forever(loop);
    handle_release(handle);
    handle_release(other);
    loop_free(loop);
    return NONE;
}
