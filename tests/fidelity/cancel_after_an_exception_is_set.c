/*
 * A cancel also takes the place of an exception that is on its way to the task. That exception was seen:
 * it is not reported as never retrieved.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s", message);
}

static Value child(Value argument)
{
    Value error = await_future(argument.future);
    if (!value_is(error, &ValueError))
        return error;
    print("child %s", repr(error));
    return NONE;
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    loop_set_exception_handler(loop, handler, NULL);
    Future *future = loop_create_future(loop);
    Task *task = task_create(coroutine(child, value_future(future)));
    await_sleep(0);
    future_set_exception(future, value_exception(&ValueError, "broken"));
    task_cancel(task, "instead");
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("main %s", repr(error));
    task_release(task);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
