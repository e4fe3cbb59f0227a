/*
 * A get under wait_for is a task of its own. When the time is over in the very iteration in which an item
 * comes, the getter is cancelled after it was woken, and the item stays in the queue.
 */
#include "pair.h"

static Queue *queue;

static Value get(Value none)
{
    return await_queue_get(queue);
}

static Value putter(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    TRY(queue_put_nowait(queue, value_text("item")));
    print("put");
    return NONE;
}

static Value main_(Value none)
{
    Value outcome = await_wait_for(awaitable(coroutine(get, NONE)), loop_seconds(1));
    print("%s", repr(outcome));
    Task *task = task_create(coroutine(putter, NONE));
    TRY(await_sleep(0));
    outcome = await_wait_for(awaitable(coroutine(get, NONE)), loop_seconds(1));
    print("%s, size %d", repr(outcome), (int)queue_size(queue));
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    print("size %d", (int)queue_size(queue));
    task_release(task);
    return NONE;
}

PAIR
{
    queue = queue_new(0);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
