/*
 * A loop that runs cannot be run again, nor another one on its thread. The refusal is an error where it is
 * asked for, and disturbs nobody.
 */
#include "pair.h"

static Value other(Value none)
{
    print("other");
    return NONE;
}

static void attempt(Loop *loop, Future *future)
{
    Value error = loop_run_until_complete(loop, future);
    if (value_is(error, &RuntimeError))
        print("%s", repr(error));
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Task *task = task_create(coroutine(other, NONE));
    attempt(loop, task_future(task));
    Loop *another = loop_new(NULL);
    Future *future = loop_create_future(another);
    attempt(another, future);
    loop_close(another);
    attempt(another, future);
    await_task(task);
    print("main");
    task_release(task);
    future_release(future);
    loop_free(another);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
