/*
 * A failure in an inner group comes out as a group, which is a failure of the outer group's task, and so
 * comes out in a group again. A failure of the outer one cancels the block in which the inner one waits.
 */
#include "pair.h"

static Value fails(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    return value_exception(&ValueError, repr(delay));
}

static Value sleep_(Value delay)
{
    return await_sleep(loop_seconds((double)delay.integer));
}

static Value inner(Value delay)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(fails, delay)));
    task_release(task_group_create_task(group, coroutine(sleep_, value_int(10))));
    Value outcome = await_task_group_exit(group, NONE);
    print("inner ends %s", repr(delay));
    return outcome;
}

static Value main_(Value none)
{
    for (int delay = 1; delay <= 3; delay += 2) {
        TaskGroup *group = task_group_enter();
        task_release(task_group_create_task(group, coroutine(inner, value_int(delay))));
        if (delay == 3)
            task_release(task_group_create_task(group, coroutine(fails, value_int(2))));
        Value error = await_task_group_exit(group, NONE);
        if (value_is(error, &ExceptionGroup))
            print("%s", repr(error));
    }
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
