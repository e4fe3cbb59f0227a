/*
 * A cancel of a task cancels the very future that it waits for: another task that waits for the same one
 * is woken with the error too.
 */
#include "pair.h"

static Future *future;

static Value waiter(Value name)
{
    Value error = await_future(future);
    if (value_is(error, &CancelledError))
        print("%s %s %d", name.text, repr(error), task_cancelling(task_current()));
    return NONE;
}

static Value main_(Value none)
{
    future = loop_create_future(loop_running());
    Task *one = task_create(coroutine(waiter, value_text("one")));
    Task *two = task_create(coroutine(waiter, value_text("two")));
    await_sleep(0);
    task_cancel(two, "two only");
    await_task(one);
    print("main");
    await_task(two);
    task_release(one);
    task_release(two);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
