/*
 * memory.c — malloc that can be told to fail, and pools.
 *
 * Out of memory is an ordinary result everywhere in libloop. A test proves it by running the same program
 * again and again and making the first, the second, the third … allocation fail.
 */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { SLAB_SIZE = 64 * 1024, CACHE_LINE = 64 };

static _Thread_local long remaining = -1;
static _Thread_local bool failed;

bool memory_must_fail(void)
{
    if (LIKELY(remaining < 0))
        return false;
    if (remaining-- > 0)
        return false;
    failed = true;
    return true;
}

void *memory_allocate(size_t size)
{
    return memory_must_fail() ? NULL : malloc(size);
}

void *memory_resize(void *block, size_t size)
{
    return memory_must_fail() ? NULL : realloc(block, size);
}

void memory_free(void *block)
{
    free(block);
}

char *memory_copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = memory_allocate(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

void memory_fail_after(long count)
{
    remaining = count;
    failed = false;
}

bool memory_has_failed(void)
{
    return failed;
}

#ifdef LOOP_ASAN
/* Each block is one of malloc's: then the leak checker sees a single one that was never given back. */
void *pool_take_fresh(Pool *pool)
{
    return memory_allocate(pool->size);
}

void pool_free(Pool *pool)
{
    while (pool->free) {
        PoolBlock *block = pool->free;
        pool->free = block->next;
        memory_unpoison(block, pool->size);
        memory_free(block);
    }
}
#else
void *pool_take_fresh(Pool *pool)
{
    if ((size_t)(pool->limit - pool->fresh) < pool->size) {
        PoolBlock *slab = memory_allocate(SLAB_SIZE);
        if (!slab)
            return NULL;
        slab->next = pool->slabs;
        pool->slabs = slab;
        pool->fresh = (char *)slab + sizeof *slab;
        pool->fresh += -(uintptr_t)pool->fresh & (CACHE_LINE - 1);
        pool->limit = (char *)slab + SLAB_SIZE;
    }
    void *block = pool->fresh;
    pool->fresh += pool->size;
    return block;
}

void pool_free(Pool *pool)
{
    while (pool->slabs) {
        PoolBlock *slab = pool->slabs;
        pool->slabs = slab->next;
        memory_free(slab);
    }
    pool->free = NULL;
    pool->fresh = pool->limit = NULL;
}
#endif
