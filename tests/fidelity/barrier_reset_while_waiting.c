/*
 * A reset breaks who waits. Who comes before they have all left waits before the door; then it fills anew.
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
    Task *c = task_create(coroutine(party, value_text("c")));
    TRY(await_barrier_reset(barrier));
    TRY(await_barrier_reset(barrier));
    print("waiting: %d", (int)barrier_n_waiting(barrier));
    Task *tasks[] = {c, task_create(coroutine(party, value_text("d"))),
                     task_create(coroutine(party, value_text("e")))};
    for (int k = 0; k < 3; k++) {
        TRY(await_sleep(0));
        print("waiting: %d", (int)barrier_n_waiting(barrier));
    }
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    task_release(a);
    task_release(b);
    return NONE;
}

PAIR
{
    barrier = barrier_new(3);
    Value result = loop_run(coroutine(main_, NONE));
    barrier_free(barrier);
    return result;
}
