/*
 * A release and at once an acquire by the same task, while another waits: they take turns, one iteration
 * each.
 */
#include "pair.h"

static Lock *lock;

static Value player(Value name)
{
    for (int k = 0; k < 3; k++) {
        TRY(await_lock_acquire(lock));
        Value outcome = await_sleep(0);
        print("%s %d", name.text, k);
        TRY(lock_exit(lock, outcome));
    }
    return NONE;
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(player, value_text("ping"))),
                     task_create(coroutine(player, value_text("pong"))),
                     task_create(coroutine(player, value_text("pang")))};
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    lock = lock_new();
    Value result = loop_run(coroutine(main_, NONE));
    lock_free(lock);
    return result;
}
