/*
 * A gather in a gather: a future like others. The outer one is done two iterations after the inner one's
 * last child, and its cancel goes through both.
 */
#include "pair.h"

static Value child(Value name)
{
    Value error = await_sleep(loop_seconds(1));
    if (value_is(error, &CancelledError)) {
        print("%s %s", name.text, repr(error));
        return error;
    }
    return name;
}

static Awaitable call(const char *name)
{
    return awaitable(coroutine(child, value_text(name)));
}

static Value cancelled(Value none)
{
    Awaitable inner[] = {call("a"), call("b")};
    Future *both = gather(inner, 2, false);
    Awaitable outer[] = {awaitable(both), call("c")};
    Value outcome = await_gather(outer, 2, false);
    future_release(both);
    print("over");
    return outcome;
}

static Value main_(Value none)
{
    Awaitable first = call("a");
    Awaitable inner[] = {call("b"), call("c")};
    Future *both = gather(inner, 2, false);
    Awaitable outer[] = {first, awaitable(both)};
    print("%s", repr(await_gather(outer, 2, false)));
    future_release(both);
    Task *task = task_create(coroutine(cancelled, NONE));
    await_sleep(loop_seconds(0.5));
    task_cancel(task, "all of you");
    await_wait((Future *[]){task_future(task)}, 1, LOOP_FOREVER, ALL_COMPLETED, NULL);
    print("%s", truth(future_cancelled(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
