/*
 * ready.c — the ready queue grows.
 */
#include "ready.h"

#include "memory.h"

enum { FIRST_SLOTS = 64 };

bool ready_grow(ReadyQueue *ready)
{
    size_t size = ready->slots ? (ready->mask + 1) * 2 : FIRST_SLOTS;
    Handle **slots = memory_allocate(size * sizeof(Handle *));
    if (!slots)
        return false;
    size_t count = ready->slots ? ready_count(ready) : 0;
    for (size_t k = 0; k < count; k++)
        slots[k] = ready->slots[(ready->head + k) & ready->mask];
    memory_free(ready->slots);
    ready->slots = slots;
    ready->mask = size - 1;
    ready->head = 0;
    ready->tail = count;
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
