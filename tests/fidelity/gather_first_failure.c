/*
 * The first failure is gather's, while the others go on. A later failure of another child is looked at by
 * the callback, and so never reported. A cancel of the gather comes too late then, and reaches nobody.
 */
#include "pair.h"

static Value fails(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    print("fails %s", repr(delay));
    return value_exception(&ValueError, repr(delay));
}

static Value goes_on(Value none)
{
    TRY(await_sleep(loop_seconds(3)));
    return value_text("went on");
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(goes_on, NONE));
    Awaitable items[] = {awaitable(coroutine(fails, value_int(2))), awaitable(task),
                         awaitable(coroutine(fails, value_int(1)))};
    Future *everything = gather(items, 3, false);
    Value error = await_future(everything);
    if (value_is(error, &ValueError))
        print("main %s", repr(error));
    print("%s", truth(future_cancel(everything, NULL)));
    print("%s", await_task(task).text);
    task_release(task);
    future_release(everything);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
