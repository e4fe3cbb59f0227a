/*
 * stack.h — stacks for coroutines: pooled, packed side by side, each above a guard page.
 *
 *     lower addresses                                                          higher
 *     | guard | stack ............... ◄ grows | Stack || guard | stack ....... | Stack ||
 *
 * A stack's own record lies at its very top, in the page that is touched anyway. A parked coroutine therefore
 * costs one page and no mapping of its own.
 */
#ifndef STACK_H
#define STACK_H

#include "memory.h"

typedef struct Stack {
    struct Stack *next;
    struct StackPool *pool;
    char *bottom; /* lowest usable byte; the guard page ends here */
    char *top;    /* where the first frame goes: coloured */
    unsigned valgrind;
} Stack;

/** All stacks of one size, of one thread. */
typedef struct StackPool {
    struct StackPool *next;
    struct StackRegion *regions;
    Stack *free;
    size_t size; /* usable bytes, the record included */
    char *fresh; /* the part of the newest region that was never handed out */
    char *limit;
    unsigned count;
} StackPool;

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
size_t stack_page_size(void);

#endif
