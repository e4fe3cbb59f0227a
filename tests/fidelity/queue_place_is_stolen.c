/*
 * A get wakes the first putter, but the place stays free: who puts before that one runs takes it, and the
 * woken one waits again behind all others. A putter that is cancelled after it was woken wakes the next.
 */
#include "pair.h"

static Queue *queue;

static Value putter(Value name)
{
    Value outcome = await_queue_put(queue, name);
    print("%s %s", name.text, value_failed(outcome) ? repr(outcome) : "is in");
    return outcome;
}

static Value main_(Value none)
{
    TRY(await_queue_put(queue, value_text("x")));
    Task *a = task_create(coroutine(putter, value_text("a")));
    Task *b = task_create(coroutine(putter, value_text("b")));
    Task *c = task_create(coroutine(putter, value_text("c")));
    TRY(await_sleep(0));
    print("main %s", repr(queue_get_nowait(queue)));
    TRY(await_queue_put(queue, value_text("y")));
    TRY(await_sleep(0));
    print("main %s", repr(queue_get_nowait(queue)));
    task_cancel(b, NULL);
    for (int k = 0; k < 4; k++)
        TRY(await_sleep(0));
    while (!queue_empty(queue)) {
        print("main %s", repr(queue_get_nowait(queue)));
        TRY(await_sleep(0));
    }
    task_release(a);
    task_release(b);
    task_release(c);
    return NONE;
}

PAIR
{
    queue = queue_new(1);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
