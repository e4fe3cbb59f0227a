/*
 * Of a LifoQueue a woken getter gets what was put last, not what it was woken for. What is full refuses, what
 * is empty has nothing.
 */
#include "pair.h"

static Queue *queue;

static Value getter(Value name)
{
    print("%s %s", name.text, repr(await_queue_get(queue)));
    return NONE;
}

static Value main_(Value none)
{
    print("%s", repr(queue_get_nowait(queue)));
    Task *a = task_create(coroutine(getter, value_text("a")));
    Task *b = task_create(coroutine(getter, value_text("b")));
    TRY(await_sleep(0));
    for (int k = 1; k <= 3; k++)
        TRY(queue_put_nowait(queue, value_int(k)));
    print("%s", repr(queue_put_nowait(queue, value_int(4))));
    TRY(await_task(a));
    TRY(await_task(b));
    print("main %s", repr(queue_get_nowait(queue)));
    print("%s %d", truth(queue_empty(queue)), (int)queue_maxsize(queue));
    task_release(a);
    task_release(b);
    return NONE;
}

PAIR
{
    queue = lifo_queue_new(3);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
