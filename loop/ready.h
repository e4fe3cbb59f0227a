/*
 * ready.h — the ready queue: a ring of handles, first in, first out.
 *
 * Its room is reserved when handles are made (handle.h), so appending never fails. A descriptor's handle can
 * stand here twice, but only after a run that was broken off in the middle of its batch: the first time it is
 * one of those that were left.
 */
#ifndef READY_H
#define READY_H

#include "handle.h"

typedef struct ReadyQueue {
    QueueEntry **slots;      /* a power of two of them */
    size_t mask, head, tail; /* head and tail only grow; which slot it is, the mask tells */
    size_t promised;         /* handles and tasks that exist and may come to stand here */
    size_t twice;            /* so many of them may stand here for the second time */
} ReadyQueue;

bool ready_grow(ReadyQueue *ready);
void ready_free(ReadyQueue *ready);

/** Room for what is left of an earlier run to come once more. @return false when out of memory */
bool ready_promise_again(ReadyQueue *ready);
/** Is there room for one more to be promised? */
static inline bool ready_has_room(const ReadyQueue *ready)
{
    return ready->promised + ready->twice <= ready->mask && ready->slots;
}
/** @return false when out of memory */
static inline bool ready_promise(ReadyQueue *ready)
{
    if (__builtin_expect(!ready_has_room(ready), 0) && !ready_grow(ready))
        return false;
    ready->promised++;
    return true;
}

static inline size_t ready_count(const ReadyQueue *ready)
{
    return ready->tail - ready->head;
}

static inline void ready_append(ReadyQueue *ready, QueueEntry *entry)
{
    ready->slots[ready->tail++ & ready->mask] = entry;
}

/** The one that comes after so many others; there must be that many. */
static inline QueueEntry *ready_peek(const ReadyQueue *ready, size_t after)
{
    return ready->slots[(ready->head + after) & ready->mask];
}

static inline QueueEntry *ready_first(const ReadyQueue *ready)
{
    return ready->slots[ready->head & ready->mask];
}

static inline QueueEntry *ready_pop(ReadyQueue *ready)
{
    return ready->slots[ready->head++ & ready->mask];
}

#endif
