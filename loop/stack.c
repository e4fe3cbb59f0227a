/*
 * stack.c — where stacks come from.
 *
 * Stacks are cut from regions of many, so that neighbours are one mapping. Guard pages come from
 * MADV_GUARD_INSTALL where the kernel has it (Linux 6.13): no mapping of their own, so a process can have a
 * million, and many of them for one call (Linux 6.14). Elsewhere mprotect does it, which splits the mapping,
 * and a process has 65 530 of them. So only the first 24 000 stacks are guarded that way, which leaves some
 * for the program, and the others are watched: there the gap is memory like any other, and an overflow that
 * passes it is seen when the stack is left, before another coroutine runs. What it wrote by then is lost, and
 * the program ends. One that skips the word, in a frame that is never written to, is not seen; nor is one
 * that skips a guard page.
 *
 * Tops are "coloured": without it the busiest bytes of all stacks would lie at the same offset of their
 * pages, compete for the same few sets of the first cache, and 100 tasks would be twice as slow as 2.
 */
#include "stack.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND                  0
#define VALGRIND_STACK_REGISTER(bottom, top) 0
#define VALGRIND_STACK_DEREGISTER(id)        ((void)(id))
#endif

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif
#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif
#ifndef PIDFD_SELF
#define PIDFD_SELF (-10000)
#endif

enum { STACKS_A_REGION = 64, STACKS_AT_ONCE = 32, COLOURS = 48, COLOUR_STEP = 64, MOST_MAPPED = 24000 };

/* Of the process. Negative: guards need no mapping. */
static atomic_long mapped_left = -1;
static atomic_bool asked; /* whether they need one */
static atomic_bool one_by_one;

typedef struct StackRegion {
    struct StackRegion *next;
    char *start;
    size_t size;
} StackRegion;

size_t stack_page_size(void)
{
    static size_t page;
    if (!page)
        page = (size_t)sysconf(_SC_PAGESIZE);
    return page;
}

/* Emulators say yes to advice that they do not know, and do nothing. So the first guard is tried: the kernel
   cannot read a path from it. */
static bool takes_guards(char *page)
{
    if (madvise(page, stack_page_size(), MADV_GUARD_INSTALL) != 0)
        return false;
    /* Valgrind asks the kernel for real, and would read the path itself. */
    return RUNNING_ON_VALGRIND || (access(page, F_OK) < 0 && errno == EFAULT);
}

static bool guards_need_mapping(char *page)
{
    if (!atomic_exchange(&asked, true) && !takes_guards(page))
        atomic_store(&mapped_left, MOST_MAPPED);
    return atomic_load(&mapped_left) >= 0;
}

/* The pages that lie `from` bytes into the next stacks' places: the same advice for all of them by one call,
   which is half the price of one for each. @return for how many it was done */
static size_t advise_ahead(const StackPool *pool, size_t from, int advice)
{
    size_t page = stack_page_size(), count = 0, step = pool->size + page;
    struct iovec pages[STACKS_AT_ONCE];
    for (char *at = pool->fresh; at < pool->limit && count < STACKS_AT_ONCE; at += step)
        pages[count++] = (struct iovec){at + from, page};
    long done = syscall(SYS_process_madvise, PIDFD_SELF, pages, count, advice, 0);
    return done > 0 ? (size_t)done / page : 0;
}

/* Guards the stacks that are handed out next. Where the kernel cannot, none is guarded here. Whoever has had
   a region of stacks will use these too: the page that each one touches first is made now, with the others',
   for less than a page fault costs. If that fails, they are made by faults. */
static void prepare_ahead(StackPool *pool)
{
    pool->guarded = pool->fresh;
    if (guards_need_mapping(pool->fresh) || RUNNING_ON_VALGRIND || atomic_load(&one_by_one))
        return;
    size_t guarded = advise_ahead(pool, 0, MADV_GUARD_INSTALL);
    if (!guarded) {
        atomic_store(&one_by_one, true);
        return;
    }
    if (pool->count >= STACKS_A_REGION)
        advise_ahead(pool, pool->size, MADV_POPULATE_WRITE);
    pool->guarded += guarded * (pool->size + stack_page_size());
}

/* @return false: it has to be watched */
static bool guard(char *page)
{
    if (!guards_need_mapping(page))
        return madvise(page, stack_page_size(), MADV_GUARD_INSTALL) == 0;
    if (atomic_fetch_sub(&mapped_left, 1) > 0 && mprotect(page, stack_page_size(), PROT_NONE) == 0)
        return true;
    atomic_store(&mapped_left, 0);
    return false;
}

void stack_guards_by_mapping(long most)
{
    atomic_store(&asked, most >= 0);
    atomic_store(&mapped_left, most);
}

static bool region_add(StackPool *pool)
{
    /* The page in front has the word for the lowest stack. */
    size_t page = stack_page_size(), size = page + (pool->size + page) * STACKS_A_REGION;
    StackRegion *region = memory_allocate(sizeof *region);
    if (!region)
        return false;
    void *start = memory_must_fail() ? MAP_FAILED
                                     : mmap(NULL, size, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (start == MAP_FAILED) {
        memory_free(region);
        return false;
    }
    madvise(start, size, MADV_NOHUGEPAGE); /* a huge page would back 30 parked stacks in full */
    *region = (StackRegion){.next = pool->regions, .start = start, .size = size};
    pool->regions = region;
    pool->guarded = pool->fresh = region->start + page;
    pool->limit = region->start + size;
    return true;
}

StackPool *stack_pool(StackPool **list, size_t size)
{
    size_t page = stack_page_size();
    if (!size)
        size = STACK_DEFAULT_SIZE;
    if (size < STACK_SMALLEST)
        size = STACK_SMALLEST;
    if (size > SIZE_MAX / STACKS_A_REGION / 2)
        return NULL;
    size = (size + page - 1) & ~(page - 1);
    for (StackPool *pool = *list; pool; pool = pool->next)
        if (pool->size == size)
            return pool;
    StackPool *pool = memory_allocate(sizeof *pool);
    if (!pool)
        return NULL;
    *pool = (StackPool){.next = *list, .size = size};
    *list = pool;
    return pool;
}

void stack_pools_free(StackPool **list)
{
    while (*list) {
        StackPool *pool = *list;
        *list = pool->next;
        for (Stack *stack = pool->free; stack; stack = stack->next)
            VALGRIND_STACK_DEREGISTER(stack->valgrind);
        while (pool->regions) {
            StackRegion *region = pool->regions;
            pool->regions = region->next;
            munmap(region->start, region->size);
            memory_free(region);
        }
        memory_free(pool);
    }
}

/* The last one of the neighbour's record. */
static uint64_t *word_below(char *bottom)
{
    return (uint64_t *)(void *)(bottom - stack_page_size()) - 1;
}

Stack *stack_take_fresh(StackPool *pool)
{
    if (pool->fresh == pool->limit && !region_add(pool))
        return NULL;
    char *bottom = pool->fresh + stack_page_size();
    Stack *stack = (Stack *)(void *)(bottom + pool->size) - 1;
    if (pool->fresh == pool->guarded)
        prepare_ahead(pool);
    bool guarded = pool->fresh < pool->guarded || guard(pool->fresh);
    if (!guarded)
        *word_below(bottom) = STACK_WORD;
    *stack = (Stack){
        .watched = !guarded,
        .word = STACK_WORD,
        .pool = pool,
        .bottom = bottom,
        .top = (char *)stack - STACK_ROOM - (size_t)(pool->count++ % COLOURS) * COLOUR_STEP,
        .valgrind = VALGRIND_STACK_REGISTER(bottom, bottom + pool->size),
    };
    pool->fresh = bottom + pool->size;
    return stack;
}

bool stack_overflowed(const Stack *stack, const void *address)
{
    const char *at = address;
    return at < stack->bottom && at >= stack->bottom - stack_page_size();
}

bool stack_is_broken(const Stack *stack)
{
    return stack->watched && *word_below(stack->bottom) != STACK_WORD;
}
