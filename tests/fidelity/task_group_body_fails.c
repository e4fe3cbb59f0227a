/*
 * A block that fails cancels the group's tasks and waits for them. Its exception comes last in the group
 * of failures.
 */
#include "pair.h"

static Value child(Value name)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("%s ends", name.text);
    return name.text[0] == 'f' ? value_exception(&ValueError, "child") : outcome;
}

static Value main_(Value none)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(child, value_text("ends"))));
    task_release(task_group_create_task(group, coroutine(child, value_text("fails"))));
    await_sleep(loop_seconds(1));
    Value error = await_task_group_exit(group, value_exception(&ValueError, "body"));
    if (value_is(error, &ExceptionGroup))
        print("%s", repr(error));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
