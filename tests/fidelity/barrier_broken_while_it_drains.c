/*
 * The barrier is full, and those who were released have not run yet when it is reset: they find it being
 * reset and are broken, although all of them had come. An abort does the same to the next ones.
 */
#include "pair.h"

static Barrier *barrier;

static Value party(Value name)
{
    print("%s %s", name.text, repr(await_barrier_wait(barrier)));
    return NONE;
}

static Value main_(Value none)
{
    Task *tasks[6];
    const char *names[] = {"a", "b", "c", "d", "e", "f"};
    for (int k = 0; k < 3; k++)
        tasks[k] = task_create(coroutine(party, value_text(names[k])));
    TRY(await_sleep(0));
    TRY(await_barrier_reset(barrier));
    for (int k = 0; k < 6; k++)
        TRY(await_sleep(0));
    for (int k = 3; k < 6; k++)
        tasks[k] = task_create(coroutine(party, value_text(names[k])));
    TRY(await_sleep(0));
    TRY(await_barrier_abort(barrier));
    for (int k = 0; k < 6; k++)
        TRY(await_sleep(0));
    print("%s", truth(barrier_broken(barrier)));
    for (int k = 0; k < 6; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    barrier = barrier_new(3);
    Value result = loop_run(coroutine(main_, NONE));
    barrier_free(barrier);
    return result;
}
