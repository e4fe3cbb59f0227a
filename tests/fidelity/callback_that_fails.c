/*
 * An exception in a callback goes to the exception handler. The loop goes on with the rest of the batch.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s", repr(exception));
}

static void say(void *text)
{
    print("%s", (char *)text);
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    loop_set_exception_handler(loop, handler, NULL);
    Future *future = loop_create_future(loop);
    loop_call_later(loop, loop_seconds(1), say, "before");
    future_set_result_later(future, loop_seconds(1), value_text("first"));
    future_set_result_later(future, loop_seconds(1), value_text("second"));
    loop_call_later(loop, loop_seconds(1), say, "after");
    Value result = await_future(future);
    print("%s", result.text);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
