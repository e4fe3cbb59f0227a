/*
 * coroutine.h — the coroutine object, and the ways in which control enters and leaves it.
 *
 *     created ──► running ──► finished
 *                 ▲  │ ▲  │
 *                 │  ▼ │  ▼
 *           suspended  switched
 *
 *     resume and suspend   a task's step, next() and yield: control returns to the one that resumed
 *     switch               greenlets: control goes anywhere
 *     await                a plain C call, on the stack of the one that awaits
 */
#ifndef COROUTINE_H
#define COROUTINE_H

#include "context.h"
#include "frame.h"
#include "loop.h"
#include "stack.h"

typedef enum CoroutineState {
    COROUTINE_CREATED,
    COROUTINE_RUNNING,
    COROUTINE_RESUMING,  /* runs another and waits for that to suspend */
    COROUTINE_SUSPENDED, /* waits to be resumed */
    COROUTINE_SWITCHED,  /* waits to be switched to */
    COROUTINE_FINISHED,
    COROUTINE_GONE, /* awaited or released: the memory is free again */
} CoroutineState;

/* What a switch touches stands first, in one line of the cache. */
struct Coroutine {
    void *pool_link;
    Context context;
    Stack *stack;    /* from the first step to the last */
    Coroutine *back; /* who resumed it; of a greenlet: who switched to it last */
    Value
        value; /* the argument; then what the last switch carried, in either direction; at last the result */
    CoroutineState state;
    bool of_task;
    Guard *guards;
    CoroutineFunction function;
    Coroutine *creator;
    uint32_t creator_serial;
    uint32_t serial; /* unique in its thread: tells a creator from a later object at the same address */
    uint32_t number; /* in the trace `traced` */
    uint32_t traced;
    Frame *frame; /* innermost */
    Frame base;
};

/** Gives it back without the warning, whatever its state. */
void coroutine_drop(Coroutine *coroutine);
/** Marks it as a task's: it cannot be driven by hand any more. @return false unless freshly created */
bool coroutine_claim(Coroutine *coroutine);

void guard_push(Guard *guard, void (*give_back)(void *context), void *context);
void guard_pop(Guard *guard);

#endif
