/*
 * With a timeout of 0 there is no timer: what is done gives its result without any turn, a coroutine
 * becomes a task that is cancelled before its first step, and what runs already is cancelled and waited
 * for.
 */
#include "pair.h"

static Value never(Value none)
{
    print("never");
    return NONE;
}

static Value stubborn(Value none)
{
    Value slept = await_sleep(loop_seconds(1));
    return value_is(slept, &CancelledError) ? value_text("swallowed") : NONE;
}

static Value main_(Value none)
{
    Future *done = loop_create_future(loop_running());
    future_set_result(done, value_text("done"));
    print("%s", await_wait_for(awaitable(done), 0).text);
    future_release(done);
    Value error = await_wait_for(awaitable(coroutine(never, NONE)), 0);
    if (value_is(error, &TimeoutError))
        print("%s", repr(error));
    Task *task = task_create(coroutine(stubborn, NONE));
    await_sleep(0);
    print("%s", await_wait_for(awaitable(task), 0).text);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
