/*
 * A notify of two wakes the first two that wait. They go on when the notifier gives the lock back, one after
 * the other, and stand for it behind who asked for it before them.
 */
#include "pair.h"

static Condition *condition;

static Value waiter(Value name)
{
    TRY(await_condition_acquire(condition));
    Value outcome = await_condition_wait(condition);
    if (!value_failed(outcome))
        print("%s %s", name.text, repr(outcome));
    return condition_exit(condition, outcome);
}

static Value user(Value name)
{
    TRY(await_condition_acquire(condition));
    print("%s has the lock", name.text);
    return condition_release(condition);
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(waiter, value_text("a"))),
                     task_create(coroutine(waiter, value_text("b"))),
                     task_create(coroutine(waiter, value_text("c")))};
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    Task *other = task_create(coroutine(user, value_text("other")));
    TRY(await_sleep(0));
    TRY(condition_notify(condition, 2));
    TRY(await_sleep(0));
    print("release");
    TRY(condition_release(condition));
    for (int k = 0; k < 6; k++)
        TRY(await_sleep(0));
    print("c waits: %s", truth(!future_done(task_future(tasks[2]))));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    task_release(other);
    return NONE;
}

PAIR
{
    condition = condition_new(NULL);
    Value result = loop_run(coroutine(main_, NONE));
    condition_free(condition);
    return result;
}
