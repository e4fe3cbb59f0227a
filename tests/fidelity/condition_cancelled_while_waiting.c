/*
 * Who is cancelled while it waits first stands for the lock, and gets the lock before it is told: with the
 * message.
 */
#include "pair.h"

static Condition *condition;

static Value waiter(Value name)
{
    TRY(await_condition_acquire(condition));
    Value outcome = await_condition_wait(condition);
    print("%s %s, locked: %s", name.text, repr(outcome), truth(condition_locked(condition)));
    return condition_exit(condition, outcome);
}

static Value main_(Value none)
{
    Task *a = task_create(coroutine(waiter, value_text("a")));
    Task *b = task_create(coroutine(waiter, value_text("b")));
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    task_cancel(a, "enough");
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    print("done: %s", truth(future_done(task_future(a))));
    TRY(condition_notify_all(condition));
    TRY(condition_release(condition));
    TRY(await_task(b));
    print("%s", truth(future_cancelled(task_future(a))));
    task_release(a);
    task_release(b);
    return NONE;
}

PAIR
{
    condition = condition_new(NULL);
    Value result = loop_run(coroutine(main_, NONE));
    condition_free(condition);
    return result;
}
