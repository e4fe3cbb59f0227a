/*
 * Who joins is woken when all is done, and does not look again: that something was put meanwhile is nothing
 * to it.
 */
#include "pair.h"

static Queue *queue;

static Value joiner(Value none)
{
    TRY(await_queue_join(queue));
    print("joined, size %d", (int)queue_size(queue));
    return NONE;
}

static Value main_(Value none)
{
    TRY(queue_put_nowait(queue, value_int(1)));
    TRY(queue_put_nowait(queue, value_int(2)));
    Task *task = task_create(coroutine(joiner, NONE));
    TRY(await_sleep(0));
    for (int k = 0; k < 2; k++) {
        print("%s", repr(queue_get_nowait(queue)));
        TRY(queue_task_done(queue));
    }
    print("%s", repr(queue_task_done(queue)));
    TRY(queue_put_nowait(queue, value_int(3)));
    TRY(await_task(task));
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
