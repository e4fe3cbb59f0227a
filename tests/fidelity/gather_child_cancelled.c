/*
 * A child that is cancelled ends gather with a CancelledError, at once: for main that is an exception like
 * another, nobody cancelled main, and the future of gather is not cancelled either.
 */
#include "pair.h"

static Value child(Value name)
{
    TRY(await_sleep(loop_seconds(1)));
    print("%s", name.text);
    return name;
}

static Value main_(Value none)
{
    Task *one = task_create(coroutine(child, value_text("one")));
    Task *two = task_create(coroutine(child, value_text("two")));
    Future *both = gather((Awaitable[]){awaitable(one), awaitable(two)}, 2, false);
    await_sleep(0);
    task_cancel(one, "only one");
    Value error = await_future(both);
    if (value_is(error, &CancelledError))
        print("%s %s %d", repr(error), truth(future_cancelled(both)), task_cancelling(task_current()));
    print("%s", await_task(two).text);
    task_release(one);
    task_release(two);
    future_release(both);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
