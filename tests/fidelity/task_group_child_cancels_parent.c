/*
 * A child that cancels its parent, which waits in the group's end, is cancelled with all the others. A
 * child that is cancelled by itself is no failure: the group goes on without it.
 */
#include "pair.h"

static Value cancels(Value parent)
{
    task_cancel(future_task(parent.future), "by my child");
    TRY(await_sleep(loop_seconds(1)));
    print("never");
    return NONE;
}

static Value child(Value name)
{
    Value outcome = await_sleep(loop_seconds(1));
    if (!value_failed(outcome))
        print("%s", name.text);
    else if (value_is(outcome, &CancelledError))
        print("%s cancelled", name.text);
    return outcome;
}

static Value parent(Value none)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(child, value_text("one"))));
    task_release(task_group_create_task(group, coroutine(cancels, value_task(task_current()))));
    return await_task_group_exit(group, NONE);
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(parent, NONE));
    Value error = await_task(task);
    if (value_is(error, &CancelledError))
        print("%s", repr(error));
    task_release(task);
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(child, value_text("two"))));
    Task *alone = task_group_create_task(group, coroutine(child, value_text("three")));
    await_sleep(0);
    task_cancel(alone, NULL);
    TRY(await_task_group_exit(group, NONE));
    print("main");
    task_release(alone);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
