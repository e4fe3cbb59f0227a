/*
 * At the shutdown of asyncio.run a task may swallow its cancel and take its time; it is waited for. One
 * that fails is reported to the exception handler, after all of them have ended.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s %s", message, repr(exception));
}

static Value swallows(Value none)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError))
        print("swallowed");
    TRY(await_sleep(loop_seconds(5)));
    print("took its time");
    return NONE;
}

static Value fails(Value none)
{
    await_sleep(loop_seconds(10));
    return value_exception(&ValueError, "while it was cancelled");
}

static Value main_(Value none)
{
    loop_set_exception_handler(loop_running(), handler, NULL);
    task_release(task_create(coroutine(swallows, NONE)));
    task_release(task_create(coroutine(fails, NONE)));
    await_sleep(loop_seconds(1));
    return value_exception(&RuntimeError, "main fails too");
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
    return NONE;
}
