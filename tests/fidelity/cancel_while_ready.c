/*
 * A task that yielded stands in the queue and waits for nothing. A cancel then is a flag, and its turn
 * comes where it stands: behind those that were ready before it.
 */
#include "pair.h"

static Value child(Value name)
{
    Value error = await_sleep(0);
    if (!value_failed(error))
        print("%s goes on", name.text);
    else if (value_is(error, &CancelledError))
        print("%s %s", name.text, repr(error));
    return NONE;
}

static Value main_(Value none)
{
    Task *one = task_create(coroutine(child, value_text("one")));
    Task *two = task_create(coroutine(child, value_text("two")));
    Task *three = task_create(coroutine(child, value_text("three")));
    await_sleep(0);
    task_cancel(two, "stop");
    print("%s %d", truth(future_cancelled(task_future(two))), task_cancelling(two));
    await_task(three);
    print("%s %s", truth(future_done(task_future(two))), truth(future_cancelled(task_future(two))));
    task_release(one);
    task_release(two);
    task_release(three);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
