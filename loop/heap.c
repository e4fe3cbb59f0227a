/*
 * heap.c — the timer heap.
 */
#include "heap.h"

#include "memory.h"

#include <string.h>

enum { FIRST_CAPACITY = 64, CHILDREN = 4, PURGE_FROM = 100 };

/* Without a branch: which of two is earlier nobody can predict. */
static inline bool earlier(TimerKey a, TimerKey b)
{
    return (a.when < b.when) | ((a.when == b.when) & (a.order < b.order));
}

static inline void put(TimerHeap *heap, size_t at, TimerKey key, Handle *handle)
{
    heap->keys[at] = key;
    heap->handles[at] = handle;
}

static inline void move(TimerHeap *heap, size_t to, size_t from)
{
    put(heap, to, heap->keys[from], heap->handles[from]);
}

static void sift_up(TimerHeap *heap, size_t at, TimerKey key, Handle *handle)
{
    while (at > 0) {
        size_t parent = (at - 1) / CHILDREN;
        if (!earlier(key, heap->keys[parent]))
            break;
        move(heap, at, parent);
        at = parent;
    }
    put(heap, at, key, handle);
}

/* The earliest of the four from this one on: a tournament, without a branch too. */
static inline size_t earliest_of_four(const TimerKey *keys, size_t first)
{
    size_t left = first + earlier(keys[first + 1], keys[first]);
    size_t right = first + 2 + earlier(keys[first + 3], keys[first + 2]);
    return left + ((right - left) & -(size_t)earlier(keys[right], keys[left]));
}

static size_t earliest_child(const TimerHeap *heap, size_t first)
{
    size_t least = first;
    for (size_t child = first + 1; child < heap->count; child++)
        if (earlier(heap->keys[child], heap->keys[least]))
            least = child;
    return least;
}

/* Whichever of four brothers it will be, the way goes on among its children: fetched while the brothers are
   compared. */
static inline void fetch_grandchildren(const TimerHeap *heap, size_t first)
{
    const TimerKey *keys = heap->keys + first * CHILDREN + 1;
    if (keys >= heap->keys + heap->count)
        return;
    for (size_t brother = 0; brother < CHILDREN; brother++)
        __builtin_prefetch(keys + brother * CHILDREN);
}

static void sift_down(TimerHeap *heap, size_t at, TimerKey key, Handle *handle)
{
    for (size_t first; (first = at * CHILDREN + 1) < heap->count;) {
        fetch_grandchildren(heap, first);
        size_t child = LIKELY(first + CHILDREN <= heap->count) ? earliest_of_four(heap->keys, first)
                                                               : earliest_child(heap, first);
        if (!earlier(heap->keys[child], key))
            break;
        move(heap, at, child);
        at = child;
    }
    put(heap, at, key, handle);
}

/* The first key stands last in a line, so that its children, and all others', have a line of their own. */
static bool grow(TimerHeap *heap)
{
    size_t capacity = heap->capacity ? heap->capacity * 2 : FIRST_CAPACITY;
    TimerKey *lines = memory_allocate_lines((capacity + CHILDREN) * sizeof(TimerKey));
    Handle **handles = lines ? memory_allocate_lines(capacity * sizeof(Handle *)) : NULL;
    if (!handles) {
        memory_free(lines);
        return false;
    }
    TimerKey *keys = lines + CHILDREN - 1;
    if (heap->count) {
        memcpy(keys, heap->keys, heap->count * sizeof *keys);
        memcpy(handles, heap->handles, heap->count * sizeof(Handle *));
    }
    memory_free(heap->lines);
    memory_free(heap->handles);
    heap->lines = lines;
    heap->keys = keys;
    heap->handles = handles;
    heap->capacity = capacity;
    return true;
}

bool heap_push(TimerHeap *heap, int64_t when, Handle *handle)
{
    if (UNLIKELY(heap->count == heap->capacity) && !grow(heap))
        return false;
    handle->references++;
    handle->scheduled = true;
    sift_up(heap, heap->count++, (TimerKey){when, ++heap->order}, handle);
    return true;
}

/* A sleeper's timer stands on its stack (sleep.c): around it lies what its wake-up touches, the frames below,
   in a page that is in no cache either. */
static inline __attribute__((always_inline)) void fetch_sleeper(const Handle *timer)
{
    enum { LINE = 64, LINES_BELOW = 5, LINES_FROM_HERE = 3 };
    if (!timer->lodged)
        return;
    for (int line = -LINES_BELOW; line < LINES_FROM_HERE; line++)
        __builtin_prefetch((const char *)timer + line * LINE);
}

Handle *heap_pop(TimerHeap *heap)
{
    Handle *handle = heap->handles[0];
    for (size_t child = 1; child <= CHILDREN; child++)
        __builtin_prefetch(heap->handles[child]); /* one of them is the next */
    size_t last = --heap->count;
    if (last) {
        sift_down(heap, 0, heap->keys[last], heap->handles[last]);
        fetch_sleeper(heap->handles[0]);
    }
    handle->scheduled = false;
    return handle;
}

static void purge_all(TimerHeap *heap)
{
    size_t kept = 0;
    for (size_t k = 0; k < heap->count; k++) {
        Handle *handle = heap->handles[k];
        if (handle->cancelled) {
            handle->scheduled = false;
            handle_release(handle);
        } else {
            move(heap, kept++, k);
        }
    }
    heap->count = kept;
    heap->cancelled = 0;
    for (size_t k = kept / CHILDREN + 1; k-- > 0;)
        if (k < kept)
            sift_down(heap, k, heap->keys[k], heap->handles[k]);
}

void heap_purge(TimerHeap *heap)
{
    if (LIKELY(!heap->cancelled))
        return; /* not a look at a handle that is in no cache */
    if (heap->count > PURGE_FROM && heap->cancelled * 2 > heap->count) {
        purge_all(heap);
        return;
    }
    while (heap->count && heap->handles[0]->cancelled) {
        heap->cancelled--;
        handle_release(heap_pop(heap));
    }
}

void heap_free(TimerHeap *heap)
{
    while (heap->count) {
        Handle *handle = heap->handles[--heap->count];
        handle->scheduled = false;
        handle_release(handle);
    }
    memory_free(heap->handles);
    memory_free(heap->lines);
    heap->keys = NULL;
    heap->handles = NULL;
    heap->lines = NULL;
    heap->capacity = heap->cancelled = 0;
}
