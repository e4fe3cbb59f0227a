/*
 * queue_items.h — what is in a queue, and which of it comes out next.
 */
#ifndef QUEUE_ITEMS_H
#define QUEUE_ITEMS_H

#include "loop.h"

typedef enum QueueOrder {
    FIRST_IN_FIRST_OUT,
    LEAST_FIRST,
    LAST_IN_FIRST_OUT,
} QueueOrder;

typedef struct QueueItems {
    QueueOrder order;
    Value *values;
    size_t first; /* of a queue in a ring; else 0 */
    size_t count, capacity;
} QueueItems;

/**
 * Puts one in.
 * @return NONE; MemoryError: then nothing has changed; TypeError when it cannot be compared: then it is in,
 * as it is in Python
 */
Value items_put(QueueItems *items, Value item);
/** Takes the next one out; there has to be one. @return it; TypeError: then it is lost, as in Python */
Value items_take(QueueItems *items);
void items_free(QueueItems *items);

#endif
