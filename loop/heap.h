/*
 * heap.h — the timers, earliest first; of equal ones the one made first.
 *
 * A heap in an array in which each entry has four children: half as deep as with two. Only the keys stand in
 * that array, four of them to a line of the cache, and brothers share a line: going down one level touches
 * one line, and comparing touches no handle. The handles stand beside, in the same places of another array.
 */
#ifndef HEAP_H
#define HEAP_H

#include "handle.h"

typedef struct TimerKey {
    int64_t when;
    uint64_t order; /* of creation */
} TimerKey;

typedef struct TimerHeap {
    TimerKey *keys;
    Handle **handles;
    size_t count, capacity;
    size_t cancelled; /* so many were, since all were dropped last. As in CPython one that leaves because it
                         is due stays counted. */
    uint64_t order;
    TimerKey *lines; /* in which the keys lie */
} TimerHeap;

/** When the earliest is due; there must be one. */
static inline int64_t heap_when(const TimerHeap *heap)
{
    return heap->keys[0].when;
}

/** Adds a timer; the heap holds a reference to the handle. @return false when out of memory */
bool heap_push(TimerHeap *heap, int64_t when, Handle *handle);
/** Takes the earliest out: its reference is the caller's. */
Handle *heap_pop(TimerHeap *heap);
/**
 * Drops cancelled timers as CPython does: all of them when there are many, else those at the top. It decides
 * how long a select waits, so it is part of the behaviour.
 */
void heap_purge(TimerHeap *heap);
void heap_free(TimerHeap *heap);

#endif
