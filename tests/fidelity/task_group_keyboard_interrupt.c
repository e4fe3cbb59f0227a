/*
 * KeyboardInterrupt in a group's task leaves the loop, and asyncio.run goes on with its shutdown. There
 * the group cancels its other tasks, waits for them, and raises the interrupt as it is, not in a group.
 */
#include "pair.h"

static Value interrupts(Value none)
{
    return value_exception(&KeyboardInterrupt, "by hand");
}

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("child ends");
    return outcome;
}

static Value main_(Value none)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(child, NONE)));
    task_release(task_group_create_task(group, coroutine(interrupts, NONE)));
    Value error = await_task_group_exit(group, NONE);
    print("main %s", repr(error));
    return error;
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &KeyboardInterrupt))
        print("%s", repr(error));
    return NONE;
}
