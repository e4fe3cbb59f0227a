/*
 * gather of nothing is done at once. A task that stands there twice counts once, and gives two results;
 * one that is done already still sends its callback through the queue.
 */
#include "pair.h"

static Value child(Value none)
{
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
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
