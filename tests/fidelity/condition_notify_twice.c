/*
 * Two notifies of one each, in the same step: the second does not count who was woken by the first, nor who
 * was cancelled meanwhile.
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
    const char *names[] = {"a", "b", "c", "d"};
    Task *tasks[4];
    for (int k = 0; k < 4; k++)
        tasks[k] = task_create(coroutine(waiter, value_text(names[k])));
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    TRY(condition_notify(condition, 1));
    task_cancel(tasks[1], NULL);
    TRY(condition_notify(condition, 1));
    TRY(condition_release(condition));
    for (int k = 0; k < 6; k++)
        TRY(await_sleep(0));
    print("d waits: %s", truth(!future_done(task_future(tasks[3]))));
    for (int k = 0; k < 4; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    condition = condition_new(NULL);
    Value result = loop_run(coroutine(main_, NONE));
    condition_free(condition);
    return result;
}
