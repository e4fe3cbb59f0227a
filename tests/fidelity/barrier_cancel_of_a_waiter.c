/*
 * Who is cancelled inside is counted no longer, and its index is given again. One that is cancelled when the
 * barrier is full already leaves all the same, and the others are through.
 */
#include "pair.h"

static Barrier *barrier;

static Value party(Value name)
{
    Value outcome = await_barrier_wait(barrier);
    print("%s %s", name.text, repr(outcome));
    return outcome;
}

static Value main_(Value none)
{
    Task *a = task_create(coroutine(party, value_text("a")));
    Task *b = task_create(coroutine(party, value_text("b")));
    TRY(await_sleep(0));
    task_cancel(a, NULL);
    TRY(await_sleep(0));
    print("waiting: %d", (int)barrier_n_waiting(barrier));
    Task *c = task_create(coroutine(party, value_text("c")));
    Task *d = task_create(coroutine(party, value_text("d")));
    TRY(await_sleep(0));
    task_cancel(b, NULL);
    for (int k = 0; k < 5; k++)
        TRY(await_sleep(0));
    print("waiting: %d", (int)barrier_n_waiting(barrier));
    Task *tasks[] = {task_create(coroutine(party, value_text("e"))),
                     task_create(coroutine(party, value_text("f"))),
                     task_create(coroutine(party, value_text("g")))};
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    task_release(a);
    task_release(b);
    task_release(c);
    task_release(d);
    return NONE;
}

PAIR
{
    barrier = barrier_new(3);
    Value result = loop_run(coroutine(main_, NONE));
    barrier_free(barrier);
    return result;
}
