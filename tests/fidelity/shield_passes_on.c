/*
 * shield gives on what comes from behind it, one iteration later: a result, an exception, a cancel, which
 * it makes its own without the message. Of a future that is done it is that future itself.
 */
#include "pair.h"

static Value inner(Value outcome)
{
    TRY(await_sleep(loop_seconds(1)));
    return outcome.text[0] == 'b' ? value_exception(&ValueError, outcome.text) : outcome;
}

static Value main_(Value none)
{
    print("%s", await_shield(awaitable(coroutine(inner, value_text("result")))).text);
    Value error = await_shield(awaitable(coroutine(inner, value_text("broken"))));
    if (value_is(error, &ValueError))
        print("%s", repr(error));
    Task *task = task_create(coroutine(inner, value_text("never")));
    Future *shielded = shield(awaitable(task));
    await_sleep(0);
    task_cancel(task, "message");
    error = await_future(shielded);
    if (value_is(error, &CancelledError))
        print("%s %s", repr(error), truth(future_cancelled(shielded)));
    future_release(shielded);
    shielded = shield(awaitable(task));
    print("%s", truth(shielded == task_future(task)));
    future_release(shielded);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
