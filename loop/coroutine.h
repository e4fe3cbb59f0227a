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
 *
 * A coroutine that is resumed (a task's, a generator) is *driven*: somebody waits for exactly this one to
 * come back. All that runs between its resuming and its suspending is its reach. Greenlets wander freely
 * between the reaches; a driven coroutine is entered only in its own, and reaches end in the reverse order in
 * which they began. So the innermost driven one always runs or waits in a switch, and is where a greenlet
 * goes whose others are all gone.
 */
#ifndef COROUTINE_H
#define COROUTINE_H

#include "context.h"
#include "frame.h"
#include "handle.h"
#include "loop.h"
#include "stack.h"

typedef enum CoroutineState {
    COROUTINE_CREATED,
    COROUTINE_RUNNING,
    COROUTINE_RESUMING,  /* runs another and waits for that to suspend */
    COROUTINE_SUSPENDED, /* waits to be resumed */
    COROUTINE_SWITCHED,  /* waits to be switched to */
    COROUTINE_FINISHED,
    COROUTINE_GONE, /* awaited or released: the memory is free again when the last reference is */
} CoroutineState;

enum { TRACE_BITS = 21 };

/* Two lines of the cache, and the first has all that a task's turn touches. What only
   wandering needs stands with the stack. */
struct Coroutine {
    QueueEntry entry; /* of its task */
    union {
        Context context; /* since it has begun */
        struct {         /* before */
            Coroutine *creator;
            CoroutineFunction function; /* stays until it is left for the first time */
            uint32_t creator_serial;
        } before;
    };
    Task *task;                   /* whose coroutine it is, or was; NULL: no task's */
    unsigned state : 8;           /* CoroutineState */
    unsigned must_cancel : 1;     /* of a task: CancelledError at its next step */
    unsigned is_generator : 1;    /* driven by next() */
    unsigned is_own : 1;          /* the library's */
    unsigned traced : TRACE_BITS; /* the trace in which this is its … */
    uint32_t number;              /* … number */
    Value
        value; /* the argument; then what the last switch carried, in either direction; at last the result */
    Stack *stack;    /* from the first step to the last */
    Coroutine *back; /* who resumed it; of a greenlet: who switched to it last, if the serial is still that */
    Guard *guards;
    Frame *frame; /* innermost, since it has begun */
    union {
        const char *name;    /* of its function */
        const Frame *origin; /* of the library's own: function, file, line */
    };
    uint32_t references;
    uint32_t serial; /* unique in its thread: tells an object from a later one at the same address */
};

#if !defined(LOOP_ASAN) && !defined(LOOP_TSAN) && UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(Coroutine) == 128, "two lines of the cache");
#endif

/** Whose context it is. */
static inline Coroutine *coroutine_at(Context *context)
{
    return (Coroutine *)(void *)((char *)context - offsetof(Coroutine, context));
}

/** The frame of its function, before a line of it has run. */
static inline Frame coroutine_base(const Coroutine *coroutine)
{
    Frame base = {.function = coroutine->name};
    if (UNLIKELY(coroutine->is_own))
        base = *coroutine->origin;
    return base;
}
static inline const char *coroutine_function_name(const Coroutine *coroutine)
{
    return coroutine->is_own ? coroutine->origin->function : coroutine->name;
}
/**
 * coroutine_new() for one of the loop's own. The program sees nothing of it, and so the trace tells neither
 * of its making nor of its being awaited: it stands in await chains only.
 * @param origin function, file and line; stays valid for ever
 */
Coroutine *coroutine_new_own(const Frame *origin, CoroutineFunction function, Value argument);

/** Does somebody wait for it to suspend or end? */
static inline bool coroutine_is_driven(const Coroutine *coroutine)
{
    return coroutine->task || coroutine->is_generator;
}
/** Ends it without the warning, whatever its state, and gives one reference back. */
void coroutine_drop(Coroutine *coroutine);
/** coroutine_release() of one that was given to be taken over and cannot be: one that runs stays with whoever
 * runs it. */
void coroutine_give_up(Coroutine *coroutine);
/** Freshly created, and nobody's yet. */
static inline bool coroutine_is_free(const Coroutine *coroutine)
{
    return coroutine->state == COROUTINE_CREATED && !coroutine->task;
}

/** What becomes of a StopIteration that leaves a coroutine: PEP 479. */
#define STOP_ITERATION "coroutine raised StopIteration"

void guard_push(Guard *guard, void (*give_back)(void *context), void *context);
void guard_pop(Guard *guard);
/** guard_push() for a coroutine that has not begun: what its argument holds. */
void guard_begin(Coroutine *coroutine, Guard *guard, void (*give_back)(void *context), void *context);
/** guard_pop() of one that other guards may stand above. */
void guard_remove(Coroutine *coroutine, const Guard *guard);

#endif
