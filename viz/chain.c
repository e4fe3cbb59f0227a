/*
 * chain.c — an arena of chains and an open-addressed table of their numbers, as in intern.c.
 */
#include "chain.h"

#include "arena.h"
#include "intern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct ChainHead {
    uint32_t number, count;
} ChainHead;

struct Chains {
    Arena arena;
    const Frame **at; /* at[0] is NULL */
    size_t count, capacity;
    uint32_t *slots;
    size_t slot_count; /* a power of two */
};

static const ChainHead *head_of(const Frame *frames)
{
    return (const ChainHead *)(const void *)((const char *)frames - sizeof(ChainHead));
}

/* Field by field: a Frame has padding on some machines. */
static size_t hash_of(const Frame *frames, size_t count)
{
    uint64_t hash = count;
    for (size_t k = 0; k < count; k++) {
        hash = (hash ^ text_number(frames[k].function)) * 0x9fb21c651e98df25u;
        hash = (hash ^ text_number(frames[k].file)) * 0x9fb21c651e98df25u;
        hash = (hash ^ frames[k].source ^ (uint64_t)frames[k].line << 32) * 0x9fb21c651e98df25u;
        hash ^= hash >> 31;
    }
    return (size_t)hash;
}

static bool same_chain(const Frame *a, const Frame *b, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (a[k].function != b[k].function || a[k].file != b[k].file || a[k].source != b[k].source ||
            a[k].line != b[k].line)
            return false;
    return true;
}

static bool more_slots(Chains *chains)
{
    size_t count = chains->slot_count * 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t number = 1; number < chains->count; number++) {
        const Frame *frames = chains->at[number];
        size_t h = hash_of(frames, head_of(frames)->count) & (count - 1);
        while (slots[h] != 0)
            h = (h + 1) & (count - 1);
        slots[h] = number;
    }
    free(chains->slots);
    chains->slots = slots;
    chains->slot_count = count;
    return true;
}

Chains *chains_new(void)
{
    Chains *chains = calloc(1, sizeof *chains);
    if (chains == NULL)
        return NULL;
    chains->slot_count = 32;
    chains->slots = calloc(chains->slot_count, sizeof *chains->slots);
    chains->at = array_grow(NULL, &chains->capacity, 1, sizeof(const Frame *));
    if (chains->slots == NULL || chains->at == NULL) {
        chains_free(chains);
        return NULL;
    }
    chains->at[0] = NULL;
    chains->count = 1;
    return chains;
}

void chains_free(Chains *chains)
{
    if (chains == NULL)
        return;
    arena_free(&chains->arena);
    free(chains->slots);
    free(chains->at);
    free(chains);
}

const Frame *chains_add(Chains *chains, const Frame *frames, size_t count)
{
    if (chains->count * 2 > chains->slot_count && !more_slots(chains))
        return NULL;
    size_t h = hash_of(frames, count) & (chains->slot_count - 1);
    for (; chains->slots[h] != 0; h = (h + 1) & (chains->slot_count - 1)) {
        const Frame *kept = chains->at[chains->slots[h]];
        if (head_of(kept)->count == count && same_chain(kept, frames, count))
            return kept;
    }
    const Frame **at = array_grow(chains->at, &chains->capacity, chains->count + 1, sizeof(const Frame *));
    if (at == NULL)
        return NULL;
    chains->at = at;
    ChainHead *head = arena_take(&chains->arena, sizeof *head + count * sizeof *frames);
    if (head == NULL)
        return NULL;
    *head = (ChainHead){(uint32_t)chains->count, (uint32_t)count};
    Frame *kept = (Frame *)(void *)(head + 1);
    memcpy(kept, frames, count * sizeof *frames);
    chains->at[chains->count] = kept;
    chains->slots[h] = (uint32_t)chains->count++;
    return kept;
}

uint32_t chain_number(const Frame *frames)
{
    return frames != NULL ? head_of(frames)->number : 0;
}

const Frame *chains_at(const Chains *chains, uint32_t number, size_t *count)
{
    const Frame *frames = chains->at[number];
    *count = frames != NULL ? head_of(frames)->count : 0;
    return frames;
}

size_t chains_bytes(const Chains *chains)
{
    return chains->arena.bytes + chains->capacity * sizeof(const Frame *) +
           chains->slot_count * sizeof *chains->slots;
}
