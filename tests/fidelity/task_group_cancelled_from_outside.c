/*
 * A cancel of a task that waits in a group's end cancels all that the group has, and comes out when they
 * have ended, with its message. A child that fails meanwhile puts a group of failures in its place.
 */
#include "pair.h"

static Value child(Value name)
{
    Value outcome = await_sleep(loop_seconds(10));
    if (value_is(outcome, &CancelledError)) {
        print("%s %s", name.text, repr(outcome));
        TRY(await_sleep(loop_seconds(1)));
        if (name.text[0] == 'f')
            return value_exception(&ValueError, name.text);
    }
    return outcome;
}

static Value parent(Value name)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(child, name)));
    task_release(task_group_create_task(group, coroutine(child, value_text("other"))));
    Value outcome = await_task_group_exit(group, NONE);
    if (!value_is(outcome, &ExceptionGroup))
        return outcome;
    print("parent %s", repr(outcome));
    return NONE;
}

static Value main_(Value none)
{
    static const char *const names[] = {"ends", "fails"};
    for (int k = 0; k < 2; k++) {
        Task *task = task_create(coroutine(parent, value_text(names[k])));
        await_sleep(loop_seconds(1));
        task_cancel(task, "from outside");
        Value error = await_task(task);
        if (value_is(error, &CancelledError))
            print("%s", repr(error));
        else
            print("%d", task_cancelling(task));
        task_release(task);
    }
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
