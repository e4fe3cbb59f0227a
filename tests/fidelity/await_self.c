/*
 * A task that awaits itself is told so in its next iteration, and goes on.
 */
#include "pair.h"

static Task *task;

static Value child(Value none)
{
    Value error = await_task(task);
    if (value_is(error, &RuntimeError))
        print("%.27s", error.message);
    return value_text("result");
}

static Value main_(Value none)
{
    task = task_create(coroutine(child, NONE));
    print("%s", await_task(task).text);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
