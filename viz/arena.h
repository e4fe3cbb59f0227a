/*
 * arena.h — memory that is only ever given back all at once, and that never moves.
 */
#ifndef VIZ_ARENA_H
#define VIZ_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Arena {
    struct ArenaChunk *chunks; /* the newest first */
    size_t bytes;
} Arena;

/** @return `size` bytes aligned for any pointer or int64_t; NULL when out of memory */
void *arena_take(Arena *arena, size_t size);
void arena_free(Arena *arena);

/**
 * Makes room for `count` items of `size` bytes. Use: grown = array_grow(a, &capacity, count + 1, sizeof *a).
 * @return where the array is now; NULL when out of memory, and it is still where it was
 */
void *array_grow(void *items, size_t *capacity, size_t count, size_t size);
/** Gives back what an array has in reserve. @return where it is now */
void *array_shrink(void *items, size_t *capacity, size_t count, size_t size);

#endif
