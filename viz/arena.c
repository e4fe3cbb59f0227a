/*
 * arena.c — a list of chunks, each filled from its front; and the one way in which arrays grow.
 *
 * Arrays double while they are small. A large one grows by a quarter: the trace of millions of events must
 * not take twice its memory, and the kernel moves large blocks without copying them.
 */
#include "arena.h"

#include <stdint.h>
#include <stdlib.h>

#define CHUNK_SIZE ((size_t)64 * 1024 - 64)
#define LARGE      ((size_t)256 * 1024)

typedef struct ArenaChunk {
    struct ArenaChunk *next;
    size_t used, size;
    char bytes[];
} ArenaChunk;

void *arena_take(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + 7) & ~(size_t)7;
    ArenaChunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->size - chunk->used < size) {
        size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
        chunk = malloc(sizeof *chunk + room);
        if (chunk == NULL)
            return NULL;
        chunk->used = 0;
        chunk->size = room;
        chunk->next = arena->chunks;
        /* An oversized chunk is full at once: the one that still has room stays in front. */
        if (size > CHUNK_SIZE / 2 && arena->chunks != NULL) {
            chunk->next = arena->chunks->next;
            arena->chunks->next = chunk;
        } else {
            arena->chunks = chunk;
        }
        arena->bytes += sizeof *chunk + room;
    }
    void *taken = chunk->bytes + chunk->used;
    chunk->used += size;
    return taken;
}

void arena_free(Arena *arena)
{
    while (arena->chunks != NULL) {
        ArenaChunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    arena->bytes = 0;
}

void *array_grow(void *items, size_t *capacity, size_t count, size_t size)
{
    if (items != NULL && count <= *capacity)
        return items;
    size_t room = *capacity * size < LARGE ? *capacity * 2 : *capacity + *capacity / 4;
    if (room < 4)
        room = 4;
    if (room < count)
        room = count;
    if (room > SIZE_MAX / size)
        return NULL;
    void *grown = realloc(items, room * size);
    if (grown != NULL)
        *capacity = room;
    return grown;
}

void *array_shrink(void *items, size_t *capacity, size_t count, size_t size)
{
    if (count == *capacity || count == 0)
        return items;
    void *moved = realloc(items, count * size);
    if (moved == NULL)
        return items;
    *capacity = count;
    return moved;
}
