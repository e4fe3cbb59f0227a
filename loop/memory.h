/*
 * memory.h — all memory of libloop comes from here: malloc with a switch that lets tests fail the n-th
 * allocation, and pools of equal blocks, so that nothing on a hot path calls malloc.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define LOOP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LOOP_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define LOOP_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LOOP_TSAN 1
#endif
#endif
#ifdef LOOP_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/lsan_interface.h>
#define memory_poison(block, size)   ASAN_POISON_MEMORY_REGION((block), (size))
#define memory_unpoison(block, size) ASAN_UNPOISON_MEMORY_REGION((block), (size))
/** What this memory points to is not leaked. */
#define memory_is_root(start, size) __lsan_register_root_region((start), (size))
#else
#define memory_is_root(start, size)  ((void)0)
#define memory_poison(block, size)   ((void)(block), (void)(size))
#define memory_unpoison(block, size) ((void)(block), (void)(size))
#endif

#define LIKELY(condition)   __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/** Clears the members that lie from `first` up to, and without, `end`: in few and wide stores, as what is
 * made on a hot path costs as much as its stores. */
#define CLEAR(object, type, first, end) \
    memset((char *)(object) + offsetof(type, first), 0, offsetof(type, end) - offsetof(type, first))

/** As malloc and realloc; NULL when out of memory. */
void *memory_allocate(size_t size);
void *memory_resize(void *block, size_t size);
/** As memory_allocate(), on whole cache lines; a large block lies in huge pages, where the system has them:
 * what is read here and there in it would otherwise cost a walk through the page tables each time. */
void *memory_allocate_lines(size_t size);
void memory_free(void *block);
char *memory_copy_text(const char *text);

/**
 * For tests: from now on `count` allocations of this thread succeed, and then one fails; negative: none
 * fails. Mapping memory for stacks counts as an allocation.
 */
void memory_fail_after(long count);
/** Has that one failed meanwhile? */
bool memory_has_failed(void);
/** Is this the allocation that has to fail? Asked by whatever gets memory from elsewhere. */
bool memory_must_fail(void);

enum { POOL_AHEAD = 4 };

/**
 * Blocks of one size, cut from slabs; a block given back is the next one taken, while it is still cached.
 * Those given back are listed beside the blocks and not inside them: then the ones that come next are known
 * ahead, and can be fetched.
 */
typedef struct Pool {
    void **spare; /* room for every block there is; POOL_AHEAD places lie unused before it */
    size_t spare_count;
    size_t block_count, room;
    char *fresh; /* the part of the newest slab that was never handed out */
    char *limit;
    struct PoolSlab *slabs;
    size_t size; /* of a block; those of whole cache lines begin on one */
    size_t kept; /* so many bytes of a block given back stay readable under ASan */
} Pool;

#define POOL_SIZE(type) ((sizeof(type) + 15) & ~(size_t)15)
#define POOL(type)      ((Pool){.size = POOL_SIZE(type)})
#define POOL_KEPT(type) ((Pool){.size = POOL_SIZE(type), .kept = sizeof(type)})

/** Makes one block more. */
void *pool_take_fresh(Pool *pool);
/** Gives all slabs back: nothing of the pool may be in use. */
void pool_free(Pool *pool);

/** Sees to it that there is a spare one. @return false when out of memory */
bool pool_fill(Pool *pool);

/** pool_take() of a pool that has a spare one. */
static inline void *pool_take_spare(Pool *pool)
{
    void **spare = pool->spare + --pool->spare_count;
    __builtin_prefetch(spare[-POOL_AHEAD], 1);
    memory_unpoison(*spare, pool->size);
    return *spare;
}

/** @return a block with undefined content; NULL when out of memory */
static inline void *pool_take(Pool *pool)
{
    return LIKELY(pool->spare_count) ? pool_take_spare(pool) : pool_take_fresh(pool);
}

static inline void pool_give(Pool *pool, void *block)
{
    pool->spare[pool->spare_count++] = block;
    memory_poison((char *)block + pool->kept, pool->size - pool->kept);
}

#endif
