/*
 * A loop that is closed runs nothing more: what stands in its queue and its heap is forgotten, and a
 * future that is done afterwards calls nobody.
 */
#include "pair.h"

static void say(void *text)
{
    print("%s", (char *)text);
}

static void stop(void *loop)
{
    loop_stop(loop);
}

static void done(Future *future, void *none)
{
    print("done %s", repr(future_result(future)));
}

PAIR
{
    Loop *loop = loop_new(NULL);
    Future *future = loop_create_future(loop);
    future_add_done_callback(future, done, NULL);
    loop_call_soon(loop, say, "first");
    loop_call_soon(loop, stop, loop);
    loop_run_forever(loop);
    loop_call_soon(loop, say, "never");
    loop_call_later(loop, loop_seconds(1), say, "never");
    loop_close(loop);
    print("closed %s", truth(future_done(future)));
    future_release(future);
    loop_free(loop);
    return NONE;
}
