/*
 * A cancel between the end of the last child and gather's own end finds no child to cancel, so it becomes
 * a flag of the waiting task: that gets a CancelledError, and gather the results.
 */
#include "pair.h"

static Future *both;

static Value child(Value none)
{
    return value_text("result");
}

static Value parent(Value none)
{
    both =
        gather((Awaitable[]){awaitable(coroutine(child, NONE)), awaitable(coroutine(child, NONE))}, 2, false);
    Value got = await_future(both);
    if (value_is(got, &CancelledError))
        print("%s %s %s", repr(got), truth(future_done(both)), repr(future_result(both)));
    else
        print("%s", repr(got));
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(parent, NONE));
    await_sleep(0);
    await_sleep(0);
    bool before = future_done(both), told = task_cancel(task, "just then");
    print("%s %s %s", truth(before), truth(told), truth(future_done(both)));
    await_task(task);
    task_release(task);
    future_release(both);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
