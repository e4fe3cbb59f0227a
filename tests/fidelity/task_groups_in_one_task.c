/*
 * Two groups, one in the other's block. A failure in the outer group cancels the task where the inner one
 * waits: the inner group sees a cancel from outside, ends its own tasks and passes it on, and the outer
 * one takes it back.
 */
#include "pair.h"

static Value fails(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    return value_exception(&ValueError, repr(delay));
}

static Value child(Value none)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("child ends");
    return outcome;
}

static Value main_(Value none)
{
    TaskGroup *outer = task_group_enter();
    task_release(task_group_create_task(outer, coroutine(fails, value_int(1))));
    TaskGroup *inner = task_group_enter();
    task_release(task_group_create_task(inner, coroutine(child, NONE)));
    Value outcome = await_task_group_exit(inner, NONE);
    if (value_is(outcome, &CancelledError))
        print("inner passes it on %d", task_cancelling(task_current()));
    Value error = await_task_group_exit(outer, outcome);
    if (value_is(error, &ExceptionGroup))
        print("%s %d", repr(error), task_cancelling(task_current()));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
