/*
 * switch.h — from one coroutine to another, in this thread.
 *
 * Inline, all of it, and so is a task's step (step.h): between two switches the processor then meets no
 * return whose call it has not seen. Each such return costs as much as everything else in a turn together.
 */
#ifndef SWITCH_H
#define SWITCH_H

#include "overflow.h"
#include "thread.h"

/** Gives back one reference to a coroutine that is gone. */
static inline void coroutine_unreference(Coroutine *coroutine)
{
    if (--coroutine->references == 0)
        pool_give(&thread.coroutine_pool, coroutine);
}

/** Gives a coroutine that has not begun its stack. @return false when out of memory or mappings */
bool coroutine_begin(Coroutine *coroutine);

/** @param ends the running coroutine never runs again. @return who was left for the one that goes on here */
static inline __attribute__((always_inline)) Coroutine *coroutine_go(Coroutine *from, Coroutine *to,
                                                                     bool ends)
{
    thread.current = to;
    to->state = COROUTINE_RUNNING;
    return coroutine_at(context_go(&from->context, &to->context, ends));
}

/** A finished coroutine cannot give away the stack it stands on: whoever runs next does it. */
static inline void coroutine_clear_away(Coroutine *left)
{
    if (UNLIKELY(thread.stacks_watched))
        overflow_check(left);
    if (left->state == COROUTINE_FINISHED && left->stack) {
        context_ends(&left->context);
        stack_give(left->stack);
        left->stack = NULL;
    }
}

/** Runs it until it suspends or ends, and is then to be cleared away. It has begun; its value is what it
 * gets, and then what it gave. */
static inline __attribute__((always_inline)) void coroutine_resume(Coroutine *coroutine)
{
    Coroutine *self = thread.current;
    coroutine->back = self;
    self->state = COROUTINE_RESUMING;
    coroutine_go(self, coroutine, false);
}

/** Back to the one that resumed the running coroutine, until it is resumed again. */
static inline __attribute__((always_inline)) void coroutine_suspend(Coroutine *self)
{
    self->state = COROUTINE_SUSPENDED;
    coroutine_go(self, self->back, false);
}

#endif
