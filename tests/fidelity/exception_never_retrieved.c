/*
 * An exception that nobody looked at is reported when the future goes: not when it is set, not when the
 * future was awaited, asked for its exception, or cancelled when it was too late.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s %s", message, repr(exception));
}

static Future *failed(const char *message)
{
    Future *future = loop_create_future(loop_running());
    future_set_exception(future, value_exception(&ValueError, message));
    return future;
}

static Value main_(Value none)
{
    loop_set_exception_handler(loop_running(), handler, NULL);
    Future *future = failed("ignored");
    print("set");
    future_release(future);
    print("gone");
    future = failed("asked");
    future_exception(future);
    future_release(future);
    future = failed("cancelled too late");
    print("%s", truth(future_cancel(future, NULL)));
    future_release(future);
    future = failed("awaited");
    Value error = await_future(future);
    if (value_is(error, &ValueError))
        print("%s", repr(error));
    future_release(future);
    print("end");
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
