/*
 * A sleep ends and a cancel falls due at the same moment. If the sleep's timer is the older one, the
 * sleep's result is there first, and the cancel replaces it; if the cancel's timer is older, it cancels
 * the sleep, whose timer then finds nothing to do. The task cannot tell the two apart, the trace can.
 */
#include "pair.h"

static Value child(Value none)
{
    Value slept = await_sleep(loop_seconds(1));
    if (!value_failed(slept))
        print("slept");
    else if (value_is(slept, &CancelledError))
        print("cancelled");
    return NONE;
}

static void cancel(void *task)
{
    task_cancel(task, NULL);
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Task *older = task_create(coroutine(child, NONE));
    await_sleep(0);
    loop_call_later(loop, loop_seconds(1), cancel, older);
    await_sleep(loop_seconds(2));
    Task *younger = task_create(coroutine(child, NONE));
    loop_call_later(loop, loop_seconds(1), cancel, younger);
    await_sleep(loop_seconds(2));
    task_release(older);
    task_release(younger);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
