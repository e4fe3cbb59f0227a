/*
 * Which calls a future refuses while it is pending, once it has a result, an exception, or is cancelled; a
 * refused call queues nothing.
 */
#include "pair.h"

static void called(Future *future, void *none)
{
    print("called");
}

static void attempt(Value outcome)
{
    print("    %s", repr(outcome));
}

static void show(const char *name, Future *future)
{
    print("%s %s %s", name, truth(future_done(future)), truth(future_cancelled(future)));
    future_add_done_callback(future, called, NULL);
    attempt(future_result(future));
    attempt(future_exception(future));
    if (future_done(future)) {
        attempt(future_set_result(future, value_text("again")));
        attempt(future_set_exception(future, value_exception(&ValueError, "again")));
        attempt(value_bool(future_cancel(future, "again")));
    }
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Future *future = loop_create_future(loop);
    show("pending", future);
    future_set_result(future, value_text("result"));
    show("result", future);
    future_release(future);
    future = loop_create_future(loop);
    future_set_exception(future, value_exception(&ValueError, "broken"));
    show("exception", future);
    future_release(future);
    future = loop_create_future(loop);
    future_cancel(future, "stop");
    show("cancelled", future);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
