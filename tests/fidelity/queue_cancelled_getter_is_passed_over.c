/*
 * A put passes over a getter that was cancelled and has not run yet: the next one is woken, in the same step.
 * The cancelled one runs first, sees the item, and wakes nobody for it: it had not been woken.
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
    task_cancel(a, NULL);
    TRY(queue_put_nowait(queue, value_int(1)));
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    print("%s %s %s", truth(future_done(task_future(a))), truth(future_done(task_future(b))),
          truth(future_done(task_future(c))));
    task_release(a);
    task_release(b);
    task_release(c);
    return NONE;
}

PAIR
{
    queue = queue_new(0);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
