/*
 * A put wakes the first getter, but the item stays in the queue: who asks before that one runs takes it. The
 * woken one finds nothing, and waits again behind all others.
 */
#include "pair.h"

static Queue *queue;

static Value getter(Value name)
{
    Value item = await_queue_get(queue);
    print("%s %s", name.text, repr(item));
    return item;
}

static Value main_(Value none)
{
    Task *a = task_create(coroutine(getter, value_text("a")));
    Task *b = task_create(coroutine(getter, value_text("b")));
    TRY(await_sleep(0));
    TRY(queue_put_nowait(queue, value_int(1)));
    print("main %s", repr(await_queue_get(queue)));
    TRY(await_sleep(0));
    TRY(queue_put_nowait(queue, value_int(2)));
    TRY(queue_put_nowait(queue, value_int(3)));
    TRY(await_task(a));
    TRY(await_task(b));
    task_release(a);
    task_release(b);
    return NONE;
}

PAIR
{
    queue = queue_new(0);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
