/*
 * queue.c — Queue, PriorityQueue and LifoQueue: items, and a line on either side.
 *
 * To be woken is a hint and no more: the item stays in the queue until the woken task runs, and whoever runs
 * before may take it. So both sides ask again and again, each time at the end of the line. Who is cancelled
 * with a hint in hand passes it on.
 */
#include "queue_items.h"
#include "waiters.h"

struct Queue {
    Bound bound;
    int64_t maxsize; /* <= 0: there is none */
    QueueItems items;
    Waiters getters, putters;
    size_t unfinished; /* so many were put and are not dealt with */
    Event *finished;   /* set while that is none */
};

static void destroy(Shared *shared)
{
    Queue *queue = (Queue *)shared;
    items_free(&queue->items);
    event_free(queue->finished);
    bound_free(&queue->bound);
}

static Queue *make(const char *type, QueueOrder order, int64_t maxsize)
{
    Queue *queue = bound_new(sizeof *queue, type, destroy);
    if (!queue)
        return NULL;
    queue->maxsize = maxsize;
    queue->items.order = order;
    queue->finished = event_new();
    if (!queue->finished) {
        bound_release(queue);
        return NULL;
    }
    event_set(queue->finished);
    return queue;
}

Queue *queue_new(int64_t maxsize)
{
    return make("Queue", FIRST_IN_FIRST_OUT, maxsize);
}

Queue *priority_queue_new(int64_t maxsize)
{
    return make("PriorityQueue", LEAST_FIRST, maxsize);
}

Queue *lifo_queue_new(int64_t maxsize)
{
    return make("LifoQueue", LAST_IN_FIRST_OUT, maxsize);
}

void queue_free(Queue *queue)
{
    bound_give_back(queue, "queue_free", "queue");
}

size_t queue_size(const Queue *queue)
{
    return queue ? queue->items.count : 0;
}

bool queue_empty(const Queue *queue)
{
    return queue_size(queue) == 0;
}

bool queue_full(const Queue *queue)
{
    return queue && queue->maxsize > 0 && queue->items.count >= (size_t)queue->maxsize;
}

int64_t queue_maxsize(const Queue *queue)
{
    return queue ? queue->maxsize : 0;
}

/* ------------------------------------------------------------------------------------------ the two lines */

/* Who is woken stands in line no longer, and neither does who was cancelled before. */
static void wake_up_next(Waiters *line)
{
    while (line->first) {
        Waiter *waiter = line->first;
        waiter_leave(waiter);
        if (!future_done(waiter->future)) {
            future_set_result(waiter->future, NONE);
            break;
        }
    }
}

/* After a wait that failed: was it woken all the same? */
static bool holds_a_hint(const Waiter *waiter)
{
    return waiter->future && !future_cancelled(waiter->future);
}

Value await_queue_put(Queue *queue, Value item)
{
    TRY(bound_refuses(queue));
    Waiter waiter;
    Value outcome = NONE;
    waiter_begin(&waiter, queue);
    while (!value_failed(outcome) && queue_full(queue)) {
        Frame frame = {.function = "Queue.put", .file = "loop/queue.c", .line = __LINE__};
        outcome = waiter_wait(&waiter, &queue->putters, "Queue.put", &frame);
    }
    if (!value_failed(outcome))
        outcome = queue_put_nowait(queue, item);
    else if (!queue_full(queue) && holds_a_hint(&waiter))
        wake_up_next(&queue->putters);
    waiter_end(&waiter);
    return outcome;
}

Value await_queue_get(Queue *queue)
{
    TRY(bound_refuses(queue));
    Waiter waiter;
    Value outcome = NONE;
    waiter_begin(&waiter, queue);
    while (!value_failed(outcome) && queue_empty(queue)) {
        Frame frame = {.function = "Queue.get", .file = "loop/queue.c", .line = __LINE__};
        outcome = waiter_wait(&waiter, &queue->getters, "Queue.get", &frame);
    }
    if (!value_failed(outcome))
        outcome = queue_get_nowait(queue);
    else if (!queue_empty(queue) && holds_a_hint(&waiter))
        wake_up_next(&queue->getters);
    waiter_end(&waiter);
    return outcome;
}

/* ---------------------------------------------------------------------------------------- without waiting */

Value queue_put_nowait(Queue *queue, Value item)
{
    if (!queue)
        return value_exception(&MemoryError, "no queue");
    if (value_failed(item))
        return value_exception(&TypeError, "an exception is no item: nobody could tell it from a failure");
    if (queue_full(queue))
        return value_exception(&QueueFull, NULL);
    TRY(items_put(&queue->items, item));
    queue->unfinished++;
    event_clear(queue->finished);
    wake_up_next(&queue->getters);
    return NONE;
}

Value queue_get_nowait(Queue *queue)
{
    if (!queue)
        return value_exception(&MemoryError, "no queue");
    if (queue_empty(queue))
        return value_exception(&QueueEmpty, NULL);
    Value item = items_take(&queue->items);
    TRY(item);
    wake_up_next(&queue->putters);
    return item;
}

/* ------------------------------------------------------------------------------------------- all is done */

Value queue_task_done(Queue *queue)
{
    if (!queue)
        return value_exception(&MemoryError, "no queue");
    if (queue->unfinished == 0)
        return value_exception(&ValueError, "task_done() called too many times");
    queue->unfinished--;
    if (queue->unfinished == 0)
        event_set(queue->finished);
    return NONE;
}

Value await_queue_join(Queue *queue)
{
    TRY(bound_refuses(queue));
    if (queue->unfinished == 0)
        return NONE;
    Waiter call;
    Frame frame;
    waiter_begin(&call, queue);
    frame_enter(&frame, "Queue.join", "loop/queue.c", __LINE__);
    Value outcome = await_event_wait(queue->finished);
    frame_leave(&frame);
    waiter_end(&call);
    return value_failed(outcome) ? outcome : NONE;
}
