/*
 * Task-N counts all tasks of the program, those of asyncio.run's shutdown too, and a task with a name of
 * its own uses up a number in 3.11. The next run goes on counting.
 */
#include "pair.h"

static Value child(Value none)
{
    print("%s", task_name(task_current()));
    return NONE;
}

static Value main_(Value none)
{
    print("%s", task_name(task_current()));
    Task *first = task_create(coroutine(child, NONE));
    Task *named = task_create_named(coroutine(child, NONE), "named");
    Task *last = task_create(coroutine(child, NONE));
    task_set_name(first, "renamed");
    await_task(last);
    task_release(first);
    task_release(named);
    task_release(last);
    return NONE;
}

PAIR
{
    TRY(loop_run(coroutine(main_, NONE)));
    return loop_run(coroutine(main_, NONE));
}
