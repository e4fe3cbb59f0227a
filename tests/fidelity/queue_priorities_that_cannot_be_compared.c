/*
 * What cannot be compared is a TypeError for whoever puts it, and is in the queue all the same, not counted;
 * a getter is not woken for it. Whoever takes can meet it too.
 */
#include "pair.h"

static Queue *queue;

static Value getter(Value name)
{
    print("%s %s", name.text, repr(await_queue_get(queue)));
    return NONE;
}

static void put(int64_t priority, Value what)
{
    Value outcome = queue_put_nowait(queue, value_list((Value[]){value_int(priority), what}, 2));
    if (value_failed(outcome))
        print("%s", repr(outcome));
}

static Value main_(Value none)
{
    Task *a = task_create(coroutine(getter, value_text("a")));
    TRY(await_sleep(0));
    put(2, value_text("x"));
    put(3, NONE);
    put(2, value_int(7));
    print("size %d", (int)queue_size(queue));
    TRY(await_task(a));
    print("size %d", (int)queue_size(queue));
    put(3, value_float(1));
    while (!queue_empty(queue))
        print("%s", repr(queue_get_nowait(queue)));
    for (int k = 0; k < 3; k++)
        TRY(queue_task_done(queue));
    print("%s", repr(queue_task_done(queue)));
    task_release(a);
    return NONE;
}

PAIR
{
    queue = priority_queue_new(0);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
