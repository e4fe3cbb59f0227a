/*
 * StopIteration is how generators end, so no task and no future can fail with it: a coroutine that raises
 * it fails with RuntimeError, and a future refuses it and stays pending.
 */
#include "pair.h"

static Value child(Value none)
{
    TRY(await_sleep(0));
    return value_exception(&StopIteration, "value");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    Value error = await_task(task);
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
    task_release(task);
    error = await_coroutine(coroutine(child, NONE));
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
    Future *future = loop_create_future(loop_running());
    error = future_set_exception(future, value_exception(&StopIteration, NULL));
    if (value_is(error, &TypeError))
        print("refused %s", truth(future_done(future)));
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
