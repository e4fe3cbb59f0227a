/*
 * Two tasks sleep: one for a time, one for a turn.
 */
#include "pair.h"

static Value long_(Value none)
{
    TRY(await_sleep(loop_seconds(2)));
    print("awake");
    return value_int(1);
}

static Value short_(Value none)
{
    TRY(await_sleep(0));
    print("a turn later");
    return NONE;
}

static Value main_(Value none)
{
    Task *first = task_create(coroutine(long_, NONE));
    Task *second = task_create(coroutine(short_, NONE));
    Value result = await_task(first);
    print("%s", repr(result));
    Value nothing = await_task(second);
    print("%s", repr(nothing));
    task_release(first);
    task_release(second);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
