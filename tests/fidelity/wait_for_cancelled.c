/*
 * A cancel of the task that waits in wait_for: the awaited one is cancelled and waited for, and the cancel
 * goes on its way. But if the awaited one is done at that moment, the cancel is swallowed: the result
 * counts.
 */
#include "pair.h"

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(1));
    TRY(await_sleep(loop_seconds(1)));
    print("child ends");
    return value_failed(outcome) ? outcome : value_text("result");
}

static Value parent(Value future)
{
    Awaitable awaited =
        future.kind == VALUE_FUTURE ? awaitable(future.future) : awaitable(coroutine(child, NONE));
    return await_wait_for(awaited, loop_seconds(5));
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Task *task = task_create(coroutine(parent, NONE));
    await_sleep(loop_seconds(0.5));
    task_cancel(task, "early");
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    task_release(task);
    Future *future = loop_create_future(loop);
    task = task_create(coroutine(parent, value_future(future)));
    await_sleep(0);
    future_set_result(future, value_text("result"));
    task_cancel(task, "late");
    Value result = await_task(task);
    print("%s %d", result.text, task_cancelling(task));
    task_release(task);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
