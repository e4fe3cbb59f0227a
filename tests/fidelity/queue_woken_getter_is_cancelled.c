/*
 * A getter is cancelled after a put woke it: it wakes the next, for the item is still there. When the item is
 * gone it wakes nobody.
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
    Task *c = task_create(coroutine(getter, value_text("c")));
    TRY(await_sleep(0));
    TRY(queue_put_nowait(queue, value_int(1)));
    task_cancel(a, NULL);
    TRY(await_task(b));
    TRY(queue_put_nowait(queue, value_int(2)));
    task_cancel(c, NULL);
    Task *d = task_create(coroutine(getter, value_text("d")));
    print("main %s", repr(queue_get_nowait(queue)));
    for (int k = 0; k < 4; k++)
        TRY(await_sleep(0));
    print("d waits: %s", truth(!future_done(task_future(d))));
    task_release(a);
    task_release(b);
    task_release(c);
    task_release(d);
    return NONE;
}

PAIR
{
    queue = queue_new(0);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
