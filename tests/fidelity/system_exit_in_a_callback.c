/*
 * SystemExit in a callback is no matter for the exception handler: it leaves the loop at once. The rest of
 * the batch is still in the queue, and runs in asyncio.run's shutdown.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler");
}

static void exits(void *none)
{
    callback_failed(value_exception(&SystemExit, "from a callback"));
}

static void say(void *text)
{
    print("%s", (char *)text);
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    loop_set_exception_handler(loop, handler, NULL);
    loop_call_soon(loop, exits, NULL);
    loop_call_soon(loop, say, "behind it");
    Value outcome = await_sleep(loop_seconds(10));
    print("main ends");
    return outcome;
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &SystemExit))
        print("%s", repr(error));
    return NONE;
}
