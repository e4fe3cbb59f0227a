/*
 * When the waiter of a shield was cancelled the shield lets go of the inner task: if that fails later,
 * nobody saw its exception, and it is reported.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s %s", message, repr(exception));
}

static Value inner(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "broken");
}

static Value outer(Value none)
{
    return await_shield(awaitable(coroutine(inner, NONE)));
}

static Value main_(Value none)
{
    loop_set_exception_handler(loop_running(), handler, NULL);
    Task *task = task_create(coroutine(outer, NONE));
    await_sleep(loop_seconds(0.5));
    task_cancel(task, NULL);
    await_sleep(loop_seconds(1));
    print("main %s", truth(future_cancelled(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
