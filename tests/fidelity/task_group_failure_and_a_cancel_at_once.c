/*
 * A child fails, and in the same iteration the parent is cancelled from outside. The failures come out,
 * and the group takes back its own cancel only: the parent's count shows that it was cancelled.
 */
#include "pair.h"

static Value fails(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "broken");
}

static Value parent(Value none)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(fails, NONE)));
    Value error = await_task_group_exit(group, await_sleep(loop_seconds(10)));
    if (value_is(error, &ExceptionGroup))
        print("parent failed %d", task_cancelling(task_current()));
    TRY(await_sleep(loop_seconds(1)));
    print("goes on");
    return NONE;
}

static void cancel(void *task)
{
    task_cancel(task, NULL);
}

static void cancel_soon(void *task)
{
    loop_call_soon(loop_running(), cancel, task);
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(parent, NONE));
    await_sleep(0);
    loop_call_later(loop_running(), loop_seconds(1), cancel_soon, task);
    await_task(task);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
