/*
 * A producer faster than its consumers fills the queue and waits; consumers wait when it is empty. All is
 * done when join returns, and then they are cancelled.
 */
#include "pair.h"

static Queue *queue;

static Value producer(Value none)
{
    for (int k = 0; k < 6; k++) {
        TRY(await_queue_put(queue, value_int(k)));
        print("put %d, full: %s", k, truth(queue_full(queue)));
    }
    return NONE;
}

static Value consumer(Value name)
{
    for (;;) {
        Value item = await_queue_get(queue);
        TRY(item);
        TRY(await_sleep(loop_seconds(1)));
        print("%s did %s", name.text, repr(item));
        TRY(queue_task_done(queue));
    }
}

static Value main_(Value none)
{
    TRY(await_queue_join(queue));
    Task *consumers[] = {task_create(coroutine(consumer, value_text("a"))),
                         task_create(coroutine(consumer, value_text("b")))};
    TRY(await_coroutine(coroutine(producer, NONE)));
    TRY(await_queue_join(queue));
    print("joined, size %d", (int)queue_size(queue));
    for (int k = 0; k < 2; k++) {
        task_cancel(consumers[k], NULL);
        task_release(consumers[k]);
    }
    return NONE;
}

PAIR
{
    queue = queue_new(2);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
