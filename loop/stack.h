/*
 * stack.h — stacks for coroutines: pooled, packed side by side, each above a guard page.
 *
 *     lower addresses                                                          higher
 *     | guard | stack ............... ◄ grows | Stack || guard | stack ....... | Stack ||
 *
 * A stack's own record lies at its very top, in the page that is touched anyway. A parked coroutine therefore
 * costs one page and no mapping of its own.
 *
 * Where the kernel guards only by mappings, and those run short, a stack is *watched* instead of guarded: the
 * last word of the record below its gap is known, and looked at whenever the stack is left.
 */
#ifndef STACK_H
#define STACK_H

#include "loop.h"
#include "memory.h"

typedef struct Stack {
    struct Stack *next;
    struct StackPool *pool;
    char *bottom;              /* lowest usable byte; the guard page ends here */
    char *top;                 /* where the first frame goes: coloured; above it is room */
    struct Coroutine *creator; /* of a greenlet; it is the same one if its serial is still that */
    uint32_t creator_serial;
    uint32_t back_serial; /* of the one that switched to it last */
    unsigned valgrind;
    bool watched; /* no guard page: whoever leaves it looks at the word below */
    uint64_t
        word; /* STACK_WORD: the first thing that an overflow of the stack above writes to. Stands last. */
} Stack;

/** All stacks of one size, of one thread. */
typedef struct StackPool {
    struct StackPool *next;
    struct StackRegion *regions;
    Stack *free;
    size_t size;   /* usable bytes, the record included */
    char *fresh;   /* the part of the newest region that was never handed out */
    char *guarded; /* so far its guards are there */
    char *limit;
    unsigned count;
} StackPool;

#define STACK_WORD UINT64_C(0x6c6f6f70676c6173)

/** Above its top a stack has so many bytes for what its coroutine waits for (sleep.c); at first zeros. Whole
 * lines of the cache: else the frames would lie in one more of them. */
enum { STACK_ROOM = 192 };
enum { STACK_DEFAULT_SIZE = 64 * 1024, STACK_SMALLEST = 16 * 1024 };

/** The pool for this size in the list, made if it is not there. @return NULL when out of memory */
StackPool *stack_pool(StackPool **list, size_t size);
void stack_pools_free(StackPool **list);

Stack *stack_take_fresh(StackPool *pool);

/** @return NULL when out of memory or mappings */
static inline Stack *stack_take(StackPool *pool)
{
    Stack *stack = pool->free;
    if (UNLIKELY(!stack))
        return stack_take_fresh(pool);
    pool->free = stack->next;
    return stack;
}

static inline void stack_give(Stack *stack)
{
    /* A dropped coroutine leaves frames behind that ASan believes to be in use. */
    memory_unpoison(stack->bottom, (size_t)((char *)stack - stack->bottom));
    stack->next = stack->pool->free;
    stack->pool->free = stack;
}

/** Is this address in the guard page below the stack? */
bool stack_overflowed(const Stack *stack, const void *address);
/** Has a stack that is watched grown into its neighbour? */
bool stack_is_broken(const Stack *stack);
/**
 * For tests: so many stacks of the process may be guarded by a mapping, and none without one; negative: as
 * the kernel can.
 */
void stack_guards_by_mapping(long most);
size_t stack_page_size(void);

#endif
