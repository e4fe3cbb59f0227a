/*
 * A task that cancels itself goes on to its next real wait: it is told there, at once, and what it wanted
 * to wait for is cancelled. Awaiting what is done already is no wait.
 */
#include "pair.h"

static Future *future, *done;

static Value child(Value none)
{
    task_cancel(task_current(), "myself");
    print("goes on");
    print("%s", await_future(done).text);
    Value error = await_future(future);
    if (value_is(error, &CancelledError))
        print("%s %s", repr(error), truth(future_cancelled(future)));
    return NONE;
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    future = loop_create_future(loop), done = loop_create_future(loop);
    future_set_result(done, value_text("done"));
    Task *task = task_create(coroutine(child, NONE));
    await_task(task);
    print("%s %d", truth(future_cancelled(task_future(task))), task_cancelling(task));
    task_release(task);
    future_release(future);
    future_release(done);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
