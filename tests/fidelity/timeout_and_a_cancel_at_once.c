/*
 * A timeout and a cancel from outside meet in the same moment. Whoever comes first, the count says that
 * there was a second: the block ends with CancelledError, and no TimeoutError hides it.
 */
#include "pair.h"

static Value child(Value none)
{
    bool expired;
    Timeout *limit = timeout_enter(loop_seconds(1));
    Value error = timeout_exit(limit, await_sleep(loop_seconds(10)), &expired);
    if (value_failed(error))
        print("%s %s %d", repr(error), truth(expired), task_cancelling(task_current()));
    return NONE;
}

static void cancel_first(void *task)
{
    task_cancel(task, "timeout first");
}

static void cancel_second(void *task)
{
    task_cancel(task, "cancel first");
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Task *first = task_create(coroutine(child, NONE));
    await_sleep(0);
    loop_call_later(loop, loop_seconds(1), cancel_first, first);
    await_task(first);
    Task *second = task_create(coroutine(child, NONE));
    loop_call_later(loop, loop_seconds(1), cancel_second, second);
    await_task(second);
    task_release(first);
    task_release(second);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
