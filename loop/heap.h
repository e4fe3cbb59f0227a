/*
 * heap.h — the timers, earliest first; of equal ones the one made first.
 *
 * A heap in an array in which each entry has four children: half as deep as with two, and the four lie side
 * by side. The keys stand in the array itself, so that comparing touches no handle.
 */
#ifndef HEAP_H
#define HEAP_H

#include "handle.h"

typedef struct Timer {
    int64_t when;
    uint64_t order; /* of creation */
    Handle *handle;
} Timer;

typedef struct TimerHeap {
    Timer *timers;
    size_t count, capacity;
    size_t cancelled; /* so many were, since all were dropped last. As in CPython one that leaves because it
                         is due stays counted. */
    uint64_t order;
} TimerHeap;

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
