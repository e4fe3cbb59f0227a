/*
 * Two tasks meet at a queue, and a socket's two ends on loopback: what a program of somebody else does with
 * libloop.
 */
#include <loop.h>

#include <stdio.h>

static Value produce(Value queue)
{
    for (int k = 1; k <= 3; k++) {
        TRY(await_queue_put(queue.pointer, value_int(k)));
        TRY(await_sleep(loop_seconds(0.001)));
    }
    return NONE;
}

static Value consume(Value queue)
{
    int64_t sum = 0;
    for (int k = 0; k < 3; k++) {
        Value item = await_queue_get(queue.pointer);
        TRY(item);
        sum += item.integer;
    }
    return value_int(sum);
}

static Value main_(Value none)
{
    Queue *queue = queue_new(1);
    Value shared = value_pointer(queue, NULL);
    Awaitable both[] = {awaitable(coroutine(produce, shared)), awaitable(coroutine(consume, shared))};
    Value results = await_gather(both, 2, false);
    queue_free(queue);
    TRY(results);
    printf("C %s: %d\n", loop_version(), (int)value_item(results, 1).integer);
    return NONE;
}

int main(void)
{
    return value_failed(loop_run(coroutine(main_, NONE)));
}
