/*
 * A task that was cancelled since its last wait and then returns is cancelled, and its result is lost. If
 * it raises instead, the error wins.
 */
#include "pair.h"

static Value returns(Value none)
{
    task_cancel(task_current(), "just before");
    return value_text("result");
}

static Value raises(Value none)
{
    task_cancel(task_current(), "just before");
    return value_exception(&ValueError, "broken");
}

static Value main_(Value none)
{
    Coroutine *coroutines[] = {coroutine(returns, NONE), coroutine(raises, NONE)};
    for (int k = 0; k < 2; k++) {
        Task *task = task_create(coroutines[k]);
        Value error = await_task(task);
        if (value_failed(error))
            print("%s %s", repr(error), truth(future_cancelled(task_future(task))));
        task_release(task);
    }
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
