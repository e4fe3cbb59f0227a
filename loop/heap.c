/*
 * heap.c — the timer heap.
 */
#include "heap.h"

#include "memory.h"

enum { FIRST_CAPACITY = 64, CHILDREN = 4, PURGE_FROM = 100 };

static bool earlier(const Timer *a, const Timer *b)
{
    return a->when != b->when ? a->when < b->when : a->order < b->order;
}

static void sift_up(TimerHeap *heap, size_t at, Timer timer)
{
    while (at > 0) {
        size_t parent = (at - 1) / CHILDREN;
        if (!earlier(&timer, &heap->timers[parent]))
            break;
        heap->timers[at] = heap->timers[parent];
        at = parent;
    }
    heap->timers[at] = timer;
}

static void sift_down(TimerHeap *heap, size_t at, Timer timer)
{
    for (;;) {
        size_t child = at * CHILDREN + 1;
        if (child >= heap->count)
            break;
        size_t end = child + CHILDREN < heap->count ? child + CHILDREN : heap->count;
        size_t least = child;
        while (++child < end)
            if (earlier(&heap->timers[child], &heap->timers[least]))
                least = child;
        if (!earlier(&heap->timers[least], &timer))
            break;
        heap->timers[at] = heap->timers[least];
        at = least;
    }
    heap->timers[at] = timer;
}

bool heap_push(TimerHeap *heap, int64_t when, Handle *handle)
{
    if (UNLIKELY(heap->count == heap->capacity)) {
        size_t capacity = heap->capacity ? heap->capacity * 2 : FIRST_CAPACITY;
        Timer *timers = memory_resize(heap->timers, capacity * sizeof *timers);
        if (!timers)
            return false;
        heap->timers = timers;
        heap->capacity = capacity;
    }
    handle->references++;
    handle->scheduled = true;
    sift_up(heap, heap->count++, (Timer){when, ++heap->order, handle});
    return true;
}

Handle *heap_pop(TimerHeap *heap)
{
    Handle *handle = heap->timers[0].handle;
    Timer last = heap->timers[--heap->count];
    if (heap->count)
        sift_down(heap, 0, last);
    handle->scheduled = false;
    return handle;
}

static void purge_all(TimerHeap *heap)
{
    size_t kept = 0;
    for (size_t k = 0; k < heap->count; k++) {
        Timer timer = heap->timers[k];
        if (timer.handle->cancelled) {
            timer.handle->scheduled = false;
            handle_release(timer.handle);
        } else {
            heap->timers[kept++] = timer;
        }
    }
    heap->count = kept;
    heap->cancelled = 0;
    for (size_t k = kept / CHILDREN + 1; k-- > 0;)
        if (k < kept)
            sift_down(heap, k, heap->timers[k]);
}

void heap_purge(TimerHeap *heap)
{
    if (heap->count > PURGE_FROM && heap->cancelled * 2 > heap->count) {
        purge_all(heap);
        return;
    }
    while (heap->count && heap->timers[0].handle->cancelled) {
        heap->cancelled--;
        handle_release(heap_pop(heap));
    }
}

void heap_free(TimerHeap *heap)
{
    while (heap->count) {
        Handle *handle = heap->timers[--heap->count].handle;
        handle->scheduled = false;
        handle_release(handle);
    }
    memory_free(heap->timers);
    heap->timers = NULL;
    heap->capacity = heap->cancelled = 0;
}
