/*
 * ready.c — the ready queue grows.
 */
#include "ready.h"

#include "memory.h"

enum { FIRST_SLOTS = 64 };

bool ready_grow(ReadyQueue *ready)
{
    size_t size = ready->slots ? (ready->mask + 1) * 2 : FIRST_SLOTS;
    QueueEntry **slots = memory_allocate(size * sizeof(QueueEntry *));
    if (!slots)
        return false;
    for (size_t k = ready->head; k != ready->tail; k++)
        slots[k & (size - 1)] = ready->slots[k & ready->mask];
    memory_free(ready->slots);
    ready->slots = slots;
    ready->mask = size - 1;
    return true;
}

bool ready_promise_again(ReadyQueue *ready)
{
    size_t left = ready->tail - ready->head;
    while (left && ready->promised + left > ready->mask + 1)
        if (!ready_grow(ready))
            return false;
    ready->twice = left;
    return true;
}

void ready_free(ReadyQueue *ready)
{
    memory_free(ready->slots);
    ready->slots = NULL;
    ready->mask = ready->head = ready->tail = 0;
}
