/*
 * gather of nothing is done at once. What stands there twice, a task or a coroutine, counts once and gives
 * two results; a task that is done already still sends its callback through the queue.
 */
#include "pair.h"

static Value child(Value none)
{
    print("child");
    return value_text("result");
}

static Value main_(Value none)
{
    Future *empty = gather(NULL, 0, false);
    print("%s %s", truth(future_done(empty)), repr(future_result(empty)));
    future_release(empty);
    Task *task = task_create(coroutine(child, NONE));
    Awaitable twice[] = {awaitable(task), awaitable(task)};
    print("%s", repr(await_gather(twice, 2, false)));
    print("%s", repr(await_gather(twice, 2, false)));
    Coroutine *same = coroutine(child, NONE);
    Awaitable three[] = {awaitable(same), awaitable(task), awaitable(same)};
    print("%s", repr(await_gather(three, 3, false)));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
