/*
 * Awaiting a coroutine is a call: neither it nor its return gives a turn away, however deep. Awaiting a
 * task of the same coroutine takes two iterations: one until it runs, one until its end is told.
 */
#include "pair.h"

static Value inner(Value none)
{
    return value_int(1);
}

static Value middle(Value none)
{
    return value_int(1 + await_coroutine(coroutine(inner, NONE)).integer);
}

static Value outer(Value none)
{
    return value_int(1 + await_coroutine(coroutine(middle, NONE)).integer);
}

static Value ticks(Value none)
{
    for (int k = 0; k < 6; k++) {
        print("tick %d", k);
        await_sleep(0);
    }
    return NONE;
}

static Value main_(Value none)
{
    Task *ticking = task_create(coroutine(ticks, NONE));
    await_sleep(0);
    print("%s", repr(await_coroutine(coroutine(outer, NONE))));
    print("%s", repr(await_coroutine(coroutine(outer, NONE))));
    Task *task = task_create(coroutine(outer, NONE));
    await_task(task);
    task_release(task);
    print("a task");
    await_task(ticking);
    task_release(ticking);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
