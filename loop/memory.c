/*
 * memory.c — malloc that can be told to fail, and pools.
 *
 * Out of memory is an ordinary result everywhere in libloop. A test proves it by running the same program
 * again and again and making the first, the second, the third … allocation fail.
 */
#include "memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { SMALLEST_SLAB = 64 * 1024, FIRST_ROOM = 64, CACHE_LINE = 64, HUGE_PAGE = 2 * 1024 * 1024 };

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

void *memory_allocate_lines(size_t size)
{
    size_t align = size < HUGE_PAGE ? CACHE_LINE : HUGE_PAGE;
    size = (size + align - 1) & ~(align - 1);
    void *block = memory_must_fail() ? NULL : aligned_alloc(align, size);
    if (block && size >= HUGE_PAGE)
        madvise(block, size, MADV_HUGEPAGE);
    return block;
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

/* Room in the list of spare ones for one block more: so giving back never fails. */
static bool make_room(Pool *pool)
{
    if (pool->block_count < pool->room)
        return true;
    size_t room = pool->room ? pool->room * 2 : FIRST_ROOM;
    void **list =
        memory_resize(pool->room ? pool->spare - POOL_AHEAD : NULL, (room + POOL_AHEAD) * sizeof *list);
    if (!list)
        return false;
    if (!pool->room)
        memset(list, 0, POOL_AHEAD * sizeof *list);
    pool->spare = list + POOL_AHEAD;
    pool->room = room;
    return true;
}

#ifdef LOOP_ASAN
/* Each block is one of malloc's: then the leak checker sees a single one that was never given back. */
static void *cut(Pool *pool)
{
    return memory_allocate(pool->size);
}

static void give_up_blocks(Pool *pool)
{
    for (size_t k = 0; k < pool->spare_count; k++) {
        memory_unpoison(pool->spare[k], pool->size);
        memory_free(pool->spare[k]);
    }
}
#else
typedef struct PoolSlab {
    struct PoolSlab *next;
} PoolSlab;

/* A slab is a small part of what there is, up to a huge page. */
static bool add_slab(Pool *pool)
{
    size_t size = SMALLEST_SLAB;
    while (size < HUGE_PAGE && size * 16 < pool->block_count * pool->size)
        size *= 2;
    PoolSlab *slab = memory_allocate_lines(size);
    if (!slab)
        return false;
    slab->next = pool->slabs;
    pool->slabs = slab;
    pool->fresh = (char *)slab + CACHE_LINE;
    pool->limit = (char *)slab + size;
    return true;
}

static void *cut(Pool *pool)
{
    if ((size_t)(pool->limit - pool->fresh) < pool->size && !add_slab(pool))
        return NULL;
    void *block = pool->fresh;
    pool->fresh += pool->size;
    return block;
}

static void give_up_blocks(Pool *pool)
{
    while (pool->slabs) {
        PoolSlab *slab = pool->slabs;
        pool->slabs = slab->next;
        memory_free(slab);
    }
}
#endif

void *pool_take_fresh(Pool *pool)
{
    void *block = make_room(pool) ? cut(pool) : NULL;
    pool->block_count += block != NULL;
    return block;
}

bool pool_fill(Pool *pool)
{
    void *block = pool->spare_count ? NULL : pool_take_fresh(pool);
    if (block)
        pool_give(pool, block);
    return pool->spare_count;
}

void pool_free(Pool *pool)
{
    give_up_blocks(pool);
    if (pool->room)
        memory_free(pool->spare - POOL_AHEAD);
    *pool = (Pool){.size = pool->size, .kept = pool->kept};
}
