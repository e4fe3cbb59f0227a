/*
 * queue_items.c — a ring, a stack, or a heap.
 *
 * The heap is heapq's, comparison by comparison: which of two equal items comes first is nowhere said in
 * Python's manual, and yet every program that uses priorities shows it.
 */
#include "queue_items.h"

#include "compare.h"
#include "memory.h"

enum { FIRST_CAPACITY = 8 };

/* To twice the size, with the first one at the start. */
static bool grow(QueueItems *items)
{
    size_t capacity = items->capacity ? items->capacity * 2 : FIRST_CAPACITY;
    Value *values = memory_allocate(capacity * sizeof *values);
    if (!values)
        return false;
    for (size_t k = 0; k < items->count; k++)
        values[k] = items->values[(items->first + k) % items->capacity];
    memory_free(items->values);
    items->values = values;
    items->first = 0;
    items->capacity = capacity;
    return true;
}

static void swap(Value *one, Value *other)
{
    Value kept = *one;
    *one = *other;
    *other = kept;
}

/* heapq's _siftdown: towards the root, as long as it is less than what stands there. @return NONE; TypeError
 */
static Value sift_to_root(Value *heap, size_t at)
{
    while (at > 0) {
        size_t parent = (at - 1) / 2;
        Value less = value_less(heap[at], heap[parent]);
        TRY(less);
        if (!less.boolean)
            break;
        swap(&heap[at], &heap[parent]);
        at = parent;
    }
    return NONE;
}

/* heapq's _siftup: from the root down to a leaf, the lesser child up each time, and from there back up to its
   place. */
static Value sift_from_root(Value *heap, size_t count)
{
    size_t at = 0;
    while (at < count / 2) {
        size_t child = 2 * at + 1;
        if (child + 1 < count) {
            Value less = value_less(heap[child], heap[child + 1]);
            TRY(less);
            child += !less.boolean;
        }
        swap(&heap[at], &heap[child]);
        at = child;
    }
    return sift_to_root(heap, at);
}

Value items_put(QueueItems *items, Value item)
{
    if (items->count == items->capacity && !grow(items))
        return value_exception(&MemoryError, "no room in a queue");
    items->values[(items->first + items->count) % items->capacity] = item;
    items->count++;
    return items->order == LEAST_FIRST ? sift_to_root(items->values, items->count - 1) : NONE;
}

Value items_take(QueueItems *items)
{
    items->count--;
    if (items->order == FIRST_IN_FIRST_OUT) {
        Value item = items->values[items->first];
        items->first = (items->first + 1) % items->capacity;
        return item;
    }
    Value last = items->values[items->count];
    if (items->order == LAST_IN_FIRST_OUT || items->count == 0)
        return last;
    Value least = items->values[0];
    items->values[0] = last;
    TRY(sift_from_root(items->values, items->count));
    return least;
}

void items_free(QueueItems *items)
{
    memory_free(items->values);
}
