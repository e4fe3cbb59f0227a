/*
 * A cancel that comes when the awaited result is there, but the task has not run yet, wins: the task gets
 * a CancelledError in place of the result, and the future keeps what it has.
 */
#include "pair.h"

static Value child(Value argument)
{
    Value got = await_future(argument.future);
    if (!value_failed(got)) {
        print("child %s", got.text);
    } else if (value_is(got, &CancelledError)) {
        print("child %s", repr(got));
        print("child %s", await_future(argument.future).text);
    }
    return NONE;
}

static Value main_(Value none)
{
    Future *future = loop_create_future(loop_running());
    Task *task = task_create(coroutine(child, value_future(future)));
    await_sleep(0);
    future_set_result(future, value_text("result"));
    print("%s", truth(task_cancel(task, "too late?")));
    await_task(task);
    print("%s %s", truth(future_cancelled(future)), future_result(future).text);
    task_release(task);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
