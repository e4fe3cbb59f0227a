/*
 * More come than there are parties: the fourth finds the barrier draining and waits before the door, until
 * the last of the three has left.
 */
#include "pair.h"

static Barrier *barrier;

static Value party(Value name)
{
    Value index = await_barrier_wait(barrier);
    TRY(index);
    print("%s %d", name.text, (int)index.integer);
    return NONE;
}

static Value main_(Value none)
{
    const char *names[] = {"a", "b", "c", "d", "e", "f", "g"};
    Task *tasks[7];
    for (int k = 0; k < 7; k++)
        tasks[k] = task_create(coroutine(party, value_text(names[k])));
    for (int k = 0; k < 10; k++) {
        TRY(await_sleep(0));
        print("turn %d, waiting: %d", k, (int)barrier_n_waiting(barrier));
    }
    print("g waits: %s", truth(!future_done(task_future(tasks[6]))));
    for (int k = 0; k < 7; k++)
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
