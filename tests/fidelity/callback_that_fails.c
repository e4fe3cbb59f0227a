/*
 * An exception in a callback goes to the exception handler, and the loop goes on with the rest of the
 * batch: in a plain callback, in a future's, and in a set_result that comes too late.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s", repr(exception));
}

static void fails(void *none)
{
    callback_failed(value_exception(&ValueError, "a callback"));
}

static void done_fails(Future *future, void *none)
{
    callback_failed(value_exception(&ValueError, "a future's callback"));
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
    future_add_done_callback(future, done_fails, NULL);
    loop_call_later(loop, loop_seconds(1), fails, NULL);
    future_set_result_later(future, loop_seconds(1), value_text("first"));
    future_set_result_later(future, loop_seconds(1), value_text("second"));
    loop_call_later(loop, loop_seconds(1), say, "after");
    print("%s", await_future(future).text);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
