/*
 * A put passes over a getter that was cancelled and has not run yet: the next one is woken, in the same step.
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
    task_cancel(a, NULL);
    TRY(queue_put_nowait(queue, value_int(1)));
    TRY(await_sleep(0));
    print("%s %s", truth(future_done(task_future(a))), truth(future_done(task_future(b))));
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
