/*
 * A coroutine object is awaited once. The second await is an error, without any turn for others; as a task
 * it is the same error, at the task's first step.
 */
#include "pair.h"

static Value once(Value none)
{
    return value_text("result");
}

static Value other(Value none)
{
    print("other");
    return NONE;
}

static Value main_(Value none)
{
    task_release(task_create(coroutine(other, NONE)));
    Coroutine *used = coroutine_keep(coroutine(once, NONE));
    print("%s", await_coroutine(used).text);
    Value error = await_coroutine(coroutine_keep(used));
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
    Task *task = task_create(used);
    error = await_task(task);
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
