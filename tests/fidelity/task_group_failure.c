/*
 * The first failure cancels the siblings, in the order in which they were made, and the block. When all
 * have ended, the failures come out as a group, in the order in which they came: also those of siblings
 * that failed while they were cancelled.
 */
#include "pair.h"

static Value fails_first(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "first");
}

static Value fails_when_cancelled(Value name)
{
    if (value_is(await_sleep(loop_seconds(10)), &CancelledError)) {
        print("%s cancelled", name.text);
        if (name.text[0] == 's')
            TRY(await_sleep(loop_seconds(1)));
        return value_exception(&ValueError, name.text);
    }
    return NONE;
}

static Value obeys(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("obeys");
    return outcome;
}

static Value main_(Value none)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(fails_when_cancelled, value_text("slow"))));
    task_release(task_group_create_task(group, coroutine(obeys, NONE)));
    task_release(task_group_create_task(group, coroutine(fails_when_cancelled, value_text("quick"))));
    task_release(task_group_create_task(group, coroutine(fails_first, NONE)));
    Value outcome = await_sleep(loop_seconds(10));
    print("body cancelled");
    Value error = await_task_group_exit(group, outcome);
    if (value_is(error, &ExceptionGroup))
        print("%s %d", repr(error), task_cancelling(task_current()));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
