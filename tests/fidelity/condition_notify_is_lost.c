/*
 * The one that a notify woke is cancelled before it runs, and the notify is lost with it: 3.11 tells nobody
 * else.
 */
#include "pair.h"

static Condition *condition;

static Value waiter(Value name)
{
    TRY(await_condition_acquire(condition));
    Value outcome = await_condition_wait(condition);
    print("%s %s", name.text, repr(outcome));
    return condition_exit(condition, outcome);
}

static Value main_(Value none)
{
    Task *first = task_create(coroutine(waiter, value_text("first")));
    Task *second = task_create(coroutine(waiter, value_text("second")));
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    TRY(condition_notify(condition, 1));
    task_cancel(first, NULL);
    TRY(condition_release(condition));
    for (int k = 0; k < 5; k++)
        TRY(await_sleep(0));
    print("second waits: %s", truth(!future_done(task_future(second))));
    task_release(first);
    task_release(second);
    return NONE;
}

PAIR
{
    condition = condition_new(NULL);
    Value result = loop_run(coroutine(main_, NONE));
    condition_free(condition);
    return result;
}
