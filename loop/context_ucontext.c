/*
 * context_ucontext.c — the switch by the C library's ucontext, for processors without assembly of ours.
 *
 * The same picture as in context.h, slower by two system calls (it saves the signal mask): the ucontext_t
 * lies on the stack that it describes, and its address is all there is to know.
 */
#include "context.h"

#ifdef LOOP_UCONTEXT
#include <string.h>
#include <ucontext.h>

static _Thread_local StackPoint *last_left, *last_entered;

static void begin(void)
{
    last_entered->entry(last_left, last_entered);
}

void context_make(StackPoint *point, void *stack_top, ContextEntry *entry)
{
    enum {
        FIRST_FRAME = 1024
    }; /* entry only needs somewhere to begin: the rest of the stack is below the record */
    size_t align = 64;
    char *at =
        (char *)((uintptr_t)stack_top & ~(align - 1)) - ((sizeof(ucontext_t) + align - 1) & ~(align - 1));
    ucontext_t *fresh = (ucontext_t *)(void *)at;
    memset(fresh, 0, sizeof *fresh);
    getcontext(fresh);
    fresh->uc_stack.ss_sp = at - FIRST_FRAME;
    fresh->uc_stack.ss_size = FIRST_FRAME;
    fresh->uc_link = NULL;
    makecontext(fresh, begin, 0);
    point->stack = fresh;
    point->entry = entry;
}

StackPoint *context_switch(StackPoint *from, StackPoint *to)
{
    ucontext_t here;
    last_left = from;
    last_entered = to;
    // cppcheck-suppress autoVariables; whoever switches back does so while this frame is there
    from->stack = &here;
    swapcontext(&here, to->stack);
    return last_left;
}
#else
typedef int context_is_assembly; /* ISO C wants a declaration in every file */
#endif
