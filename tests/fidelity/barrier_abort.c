/*
 * An abort breaks all who wait, in the order in which they came, and everybody who comes later, until a reset
 * that finds nobody inside.
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
    Task *a = task_create(coroutine(party, value_text("a")));
    Task *b = task_create(coroutine(party, value_text("b")));
    TRY(await_sleep(0));
    TRY(await_barrier_abort(barrier));
    Task *c = task_create(coroutine(party, value_text("c")));
    print("%s %d", truth(barrier_broken(barrier)), (int)barrier_n_waiting(barrier));
    for (int k = 0; k < 5; k++)
        TRY(await_sleep(0));
    TRY(await_barrier_reset(barrier));
    print("%s %d", truth(barrier_broken(barrier)), (int)barrier_n_waiting(barrier));
    Task *tasks[] = {task_create(coroutine(party, value_text("d"))),
                     task_create(coroutine(party, value_text("e"))),
                     task_create(coroutine(party, value_text("f")))};
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    task_release(a);
    task_release(b);
    task_release(c);
    return NONE;
}

PAIR
{
    barrier = barrier_new(3);
    Value result = loop_run(coroutine(main_, NONE));
    barrier_free(barrier);
    return result;
}
