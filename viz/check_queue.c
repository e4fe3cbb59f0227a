/*
 * check_queue.c — the checker's own ready queue and timer heap, of each loop.
 *
 * Timers that have been cancelled or have fired stay in the heap until they come to its top.
 */
#include "arena.h"
#include "check_rules.h"

#include <string.h>

void rules_turn(Rules *rules, uint32_t loop)
{
    size_t k = 0;
    if (loop == rules->now.loop)
        return;
    while (k < rules->other_count && rules->others[k].loop != loop)
        k++;
    LoopRules *others = array_grow(rules->others, &rules->other_room, k + 1, sizeof *others);
    if (others == NULL) {
        rules->out_of_memory = true;
        return;
    }
    rules->others = others;
    if (k == rules->other_count)
        others[rules->other_count++] = (LoopRules){.loop = loop};
    LoopRules now = rules->now;
    rules->now = others[k];
    others[k] = now;
}

void rules_push(Rules *rules, Id handle, Id task)
{
    if (rules->now.queue_first > 64 && rules->now.queue_first > rules->now.queue_count) {
        memmove(rules->now.queue, rules->now.queue + rules->now.queue_first,
                rules->now.queue_count * sizeof *rules->now.queue);
        rules->now.queue_first = 0;
    }
    size_t end = rules->now.queue_first + rules->now.queue_count;
    Entry *queue = array_grow(rules->now.queue, &rules->now.queue_room, end + 1, sizeof *queue);
    if (queue == NULL) {
        rules->out_of_memory = true;
        return;
    }
    rules->now.queue = queue;
    queue[end] = (Entry){handle, task};
    rules->now.queue_count++;
}

Id rules_take(Rules *rules, Id handle, long *place)
{
    Entry *queue = rules->now.queue_count > 0 ? rules->now.queue + rules->now.queue_first : NULL;
    for (size_t k = 0; k < rules->now.queue_count; k++) {
        if (queue[k].handle != handle)
            continue;
        Id task = queue[k].task;
        memmove(queue + 1, queue, k * sizeof *queue);
        rules->now.queue_first++;
        rules->now.queue_count--;
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
    Due *heap = array_grow(rules->now.heap, &rules->now.heap_room, rules->now.heap_count + 1, sizeof *heap);
    if (heap == NULL) {
        rules->out_of_memory = true;
        return;
    }
    rules->now.heap = heap;
    size_t k = rules->now.heap_count++;
    for (; k > 0 && earlier(due, heap[(k - 1) / 2]); k = (k - 1) / 2)
        heap[k] = heap[(k - 1) / 2];
    heap[k] = due;
}

static void heap_pop(Rules *rules)
{
    Due *heap = rules->now.heap, last = heap[--rules->now.heap_count];
    size_t k = 0, child;
    while ((child = 2 * k + 1) < rules->now.heap_count) {
        if (child + 1 < rules->now.heap_count && earlier(heap[child + 1], heap[child]))
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
    while (rules->now.heap_count > 0) {
        const Known *handle = rules_known(rules, rules->now.heap[0].handle);
        if (handle != NULL && handle->pending && !handle->cancelled &&
            handle->when == rules->now.heap[0].when)
            return rules->now.heap;
        heap_pop(rules);
    }
    return NULL;
}
