/*
 * The index is the order of arrival. The last one to come does not wait: it leaves first, the others in the
 * order in which they came; and the barrier can be used again.
 */
#include "pair.h"

static Barrier *barrier;

static Value party(Value name)
{
    for (int round = 0; round < 2; round++) {
        Value index = await_barrier_wait(barrier);
        TRY(index);
        print("%s %d, waiting: %d", name.text, (int)index.integer, (int)barrier_n_waiting(barrier));
    }
    return NONE;
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(party, value_text("a"))),
                     task_create(coroutine(party, value_text("b"))),
                     task_create(coroutine(party, value_text("c")))};
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    print("%d %d", (int)barrier_parties(barrier), (int)barrier_n_waiting(barrier));
    return NONE;
}

PAIR
{
    barrier = barrier_new(3);
    Value result = loop_run(coroutine(main_, NONE));
    barrier_free(barrier);
    return result;
}
