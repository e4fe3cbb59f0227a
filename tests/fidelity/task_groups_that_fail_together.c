/*
 * Two groups, one in the other's block, and in each a task that fails at the same moment. Both cancel the
 * one task; each takes its own cancel back, and the inner one's failures are those of the outer one's
 * block.
 */
#include "pair.h"

static Value fails(Value name)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, name.text);
}

static Value main_(Value none)
{
    TaskGroup *outer = task_group_enter();
    task_release(task_group_create_task(outer, coroutine(fails, value_text("outer"))));
    TaskGroup *inner = task_group_enter();
    task_release(task_group_create_task(inner, coroutine(fails, value_text("inner"))));
    Value outcome = await_task_group_exit(inner, await_sleep(loop_seconds(10)));
    print("inner left %d", task_cancelling(task_current()));
    Value error = await_task_group_exit(outer, outcome);
    if (value_is(error, &ExceptionGroup))
        print("%s %d", repr(error), task_cancelling(task_current()));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
