/*
 * Who was notified and is cancelled while it stands for the lock swallows that until it has the lock: then it
 * is a new CancelledError, without the message.
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
    Task *task = task_create(coroutine(waiter, value_text("a")));
    TRY(await_sleep(0));
    TRY(await_condition_acquire(condition));
    TRY(condition_notify(condition, 1));
    TRY(await_sleep(0));
    for (int k = 0; k < 3; k++) {
        task_cancel(task, text_format("cancel %d", k));
        TRY(await_sleep(0));
        print("done: %s", truth(future_done(task_future(task))));
    }
    TRY(condition_release(condition));
    Value outcome = await_task(task);
    print("%s %d", repr(outcome), task_cancelling(task));
    task_release(task);
    return NONE;
}

PAIR
{
    condition = condition_new(NULL);
    Value result = loop_run(coroutine(main_, NONE));
    condition_free(condition);
    return result;
}
