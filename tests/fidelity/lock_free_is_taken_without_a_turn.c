/*
 * To acquire what is free gives no turn to others: two blocks behind each other are one step. Who is not in
 * line cannot be overtaken.
 */
#include "pair.h"

static Lock *lock;

static Value greedy(Value name)
{
    for (int k = 0; k < 3; k++) {
        TRY(await_lock_acquire(lock));
        print("%s %d", name.text, k);
        TRY(lock_release(lock));
    }
    return NONE;
}

static Value main_(Value none)
{
    Task *a = task_create(coroutine(greedy, value_text("a")));
    Task *b = task_create(coroutine(greedy, value_text("b")));
    TRY(await_task(a));
    TRY(await_task(b));
    task_release(a);
    task_release(b);
    Value error = lock_release(lock);
    print("%s", repr(error));
    return NONE;
}

PAIR
{
    lock = lock_new();
    Value result = loop_run(coroutine(main_, NONE));
    lock_free(lock);
    return result;
}
