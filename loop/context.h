/*
 * context.h — the place where one stack is left and another entered.
 *
 * A context is a stack that does not run now: almost all it needs to go on lies on that stack. Beside it
 * stand only where the stack ends, where its frame is, and where its code goes on.
 *
 *     context_switch(&from->point, &to->point)      *from = stack pointer, frame pointer, the line below
 *                                                   stack pointer, frame pointer = those of *to; jump
 *
 * They stand in the coroutine and not on the stack: of two thousand coroutines in turn none has its stack in
 * the cache, and the fewer lines of it a switch touches the sooner it is done.
 *
 * The switch jumps, it does not return: the processor predicts a return by the call before it, and that one
 * was made on another stack. For the same reason it is a piece of assembly inside the function that switches,
 * and not a function of its own. Every other register is declared as lost, so the compiler saves what it
 * needs: that is less than all that a call has to preserve.
 *
 * Not saved are the floating-point modes (x86: mxcsr and the x87 control word; AArch64: fpcr): all coroutines
 * of a thread share them. On x86 the two stores and loads would double the price of a switch.
 *
 * Shadow stacks (Intel CET) hold a second copy of every return address and do not know of our stacks: a
 * program with libloop has to be built without them (-fcf-protection=none or =branch).
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "memory.h"

#ifdef LOOP_ASAN
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef LOOP_TSAN
#include <sanitizer/tsan_interface.h>
#endif

#if !defined(LOOP_UCONTEXT) && !defined(__x86_64__) && !defined(__aarch64__)
#define LOOP_UCONTEXT 1
#endif

/** Where a stack that does not run goes on. */
typedef struct StackPoint StackPoint;

/** What a stack begins with; it must not return. @param left, entered: as given to context_switch() */
typedef void ContextEntry(StackPoint *left, StackPoint *entered);

struct StackPoint {
    void *stack, *frame; /* the two pointers */
    ContextEntry *entry; /* where to jump; the middle of a function, but for the first time */
};

typedef struct Context {
    StackPoint point; /* first */
#ifdef LOOP_ASAN
    const void *bottom; /* of the whole stack, and its size */
    size_t size;
    void *fake_stack;
#endif
#ifdef LOOP_TSAN
    void *fiber;
#endif
} Context;

/*
 * What each kind of processor has of its own:
 *
 *   context_make    makes it so that the first switch to it calls entry; point->frame stays what it is
 *   context_switch  saves the running stack in *from and goes on with `to`; comes back when something
 *                   switches to *from, and returns what that has left. Both pointers stay in the registers
 *                   in which a function is given its first two arguments
 */
#ifdef LOOP_UCONTEXT
void context_make(StackPoint *point, void *stack_top, ContextEntry *entry);
StackPoint *context_switch(StackPoint *from, StackPoint *to);
#elif defined(__x86_64__)
#include "context_x86_64.h"
#else
#include "context_aarch64.h"
#endif

static inline Context *context_of(StackPoint *point)
{
    return (Context *)point;
}

/* For ThreadSanitizer each stack has a record, and what stands on it cannot give that back. */
#ifdef LOOP_TSAN
enum { CONTEXT_ENDS_FROM_OUTSIDE = 1 };
#else
enum { CONTEXT_ENDS_FROM_OUTSIDE = 0 };
#endif

/** @param ends the stack that is left never runs again. @return what was left for the one that goes on here
 */
static inline __attribute__((always_inline)) Context *context_go(Context *from, Context *to, bool ends)
{
#ifdef LOOP_ASAN
    __sanitizer_start_switch_fiber(ends ? NULL : &from->fake_stack, to->bottom, to->size);
    StackPoint *left = context_switch(&from->point, &to->point);
    __sanitizer_finish_switch_fiber(from->fake_stack, NULL, NULL);
#else
    (void)ends;
#ifdef LOOP_TSAN
    from->fiber = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to->fiber, 0);
#endif
    StackPoint *left = context_switch(&from->point, &to->point);
#endif
    return context_of(left);
}

/** Says where the stack lies of a context that was just made. */
static inline void context_lies(Context *context, const void *bottom, size_t size)
{
#ifdef LOOP_ASAN
    context->bottom = bottom;
    context->size = size;
#else
    (void)bottom;
    (void)size;
#ifdef LOOP_TSAN
    context->fiber = __tsan_create_fiber(0);
#else
    (void)context;
#endif
#endif
}

/** The stack of this context, which does not run, is given away. */
static inline void context_ends(Context *context)
{
#ifdef LOOP_TSAN
    __tsan_destroy_fiber(context->fiber);
    context->fiber = NULL;
#else
    (void)context;
#endif
}

/** To be called first on a fresh stack. @param from the context that was left for it */
static inline void context_arrived(Context *from)
{
#ifdef LOOP_ASAN
    const void *bottom;
    size_t size;
    __sanitizer_finish_switch_fiber(NULL, &bottom, &size);
    from->bottom = bottom;
    from->size = size;
#else
    (void)from;
#endif
}

#endif
