/*
 * A cancel that comes while a group waits for the tasks that it has cancelled itself is swallowed: the
 * wait goes on, nobody is cancelled twice, and the failures come out. The parent's count remembers it, and
 * in 3.11 the group's own cancel too, which came after the block.
 */
#include "pair.h"

static Value fails(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "broken");
}

static Value cleans_up(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    TRY(await_sleep(loop_seconds(2)));
    print("clean");
    return outcome;
}

static Value parent(Value none)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(fails, NONE)));
    task_release(task_group_create_task(group, coroutine(cleans_up, NONE)));
    Value error = await_task_group_exit(group, NONE);
    if (value_is(error, &ExceptionGroup))
        print("%s %d", repr(error), task_cancelling(task_current()));
    TRY(await_sleep(loop_seconds(1)));
    print("goes on");
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(parent, NONE));
    await_sleep(loop_seconds(2));
    print("%s", truth(task_cancel(task, NULL)));
    await_task(task);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
