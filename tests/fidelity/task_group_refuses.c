/*
 * A group that shuts down takes no new tasks, not from its block and not from a task that cleans up; the
 * coroutine is never run.
 */
#include "pair.h"

#include <string.h>

static TaskGroup *group;

static Value never(Value none)
{
    print("never");
    return NONE;
}

static void attempt(void)
{
    Value refuses = task_group_refuses(group);
    Task *task = task_group_create_task(group, coroutine(never, NONE));
    if (!task)
        print("refused: %s", strstr(refuses.message, "shutting"));
    task_release(task);
}

static Value fails(Value none)
{
    return value_exception(&ValueError, "broken");
}

static Value cleans_up(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    attempt();
    return outcome;
}

static Value main_(Value none)
{
    group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(cleans_up, NONE)));
    task_release(task_group_create_task(group, coroutine(fails, NONE)));
    Value outcome = await_sleep(loop_seconds(10));
    attempt();
    Value error = await_task_group_exit(group, outcome);
    if (value_is(error, &ExceptionGroup))
        print("%s", repr(error));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
