/*
 * A stop before the future is done ends run_until_complete with an error, and takes its callback away:
 * when the future is done in a later run, that run does not stop for it.
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

static void complete(void *future)
{
    future_set_result(future, value_text("done"));
}

PAIR
{
    loop = loop_new(NULL);
    Future *future = loop_create_future(loop);
    loop_call_soon(loop, stop, NULL);
    Value error = loop_run_until_complete(loop, future);
    print("%s", repr(error));
    loop_call_soon(loop, complete, future);
    loop_call_later(loop, loop_seconds(1), say, "a second later");
    loop_call_later(loop, loop_seconds(2), stop, NULL);
    loop_run_forever(loop);
    print("%s", future_result(future).text);
    future_release(future);
    loop_free(loop);
    return NONE;
}
