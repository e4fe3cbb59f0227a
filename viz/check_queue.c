/*
 * check_queue.c — the checker's own ready queue and timer heap.
 *
 * Timers that have been cancelled or have fired stay in the heap until they come to its top.
 */
#include "arena.h"
#include "check_rules.h"

#include <string.h>

void rules_push(Rules *rules, Id handle, Id task)
{
    if (rules->queue_first > 64 && rules->queue_first > rules->queue_count) {
        memmove(rules->queue, rules->queue + rules->queue_first, rules->queue_count * sizeof *rules->queue);
        rules->queue_first = 0;
    }
    size_t end = rules->queue_first + rules->queue_count;
    Entry *queue = array_grow(rules->queue, &rules->queue_room, end + 1, sizeof *queue);
    if (queue == NULL) {
        rules->out_of_memory = true;
        return;
    }
    rules->queue = queue;
    queue[end] = (Entry){handle, task};
    rules->queue_count++;
}

Id rules_take(Rules *rules, Id handle, long *place)
{
    Entry *queue = rules->queue_count > 0 ? rules->queue + rules->queue_first : NULL;
    for (size_t k = 0; k < rules->queue_count; k++) {
        if (queue[k].handle != handle)
            continue;
        Id task = queue[k].task;
        memmove(queue + 1, queue, k * sizeof *queue);
        rules->queue_first++;
        rules->queue_count--;
        *place = (long)k;
        return task;
    }
    *place = -1;
    return ID_NONE;
}

static bool earlier(Due a, Due b)
{
    return a.when != b.when ? a.when < b.when : a.handle < b.handle;
}

void rules_push_timer(Rules *rules, Due due)
{
    Due *heap = array_grow(rules->heap, &rules->heap_room, rules->heap_count + 1, sizeof *heap);
    if (heap == NULL) {
        rules->out_of_memory = true;
        return;
    }
    rules->heap = heap;
    size_t k = rules->heap_count++;
    for (; k > 0 && earlier(due, heap[(k - 1) / 2]); k = (k - 1) / 2)
        heap[k] = heap[(k - 1) / 2];
    heap[k] = due;
}

static void heap_pop(Rules *rules)
{
    Due *heap = rules->heap, last = heap[--rules->heap_count];
    size_t k = 0, child;
    while ((child = 2 * k + 1) < rules->heap_count) {
        if (child + 1 < rules->heap_count && earlier(heap[child + 1], heap[child]))
            child++;
        if (!earlier(heap[child], last))
            break;
        heap[k] = heap[child];
        k = child;
    }
    heap[k] = last;
}

const Due *rules_due(Rules *rules)
{
    while (rules->heap_count > 0) {
        const Known *handle = rules_known(rules, rules->heap[0].handle);
        if (handle != NULL && handle->pending && !handle->cancelled && handle->when == rules->heap[0].when)
            return rules->heap;
        heap_pop(rules);
    }
    return NULL;
}
