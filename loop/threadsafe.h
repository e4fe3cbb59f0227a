/*
 * threadsafe.h — the gate between a loop and everything that does not run in its thread.
 *
 * Other threads leave their calls in a list, signal handlers a mark, and then they ring: a byte for a
 * descriptor that the loop watches (asyncio's self-pipe), so that it wakes when it waits, and a flag, so that
 * it need not ask the system when it does not. The loop's thread looks at the flag once an iteration.
 *
 * A gate can outlive its loop: a job that still runs when the loop closes finds it closed.
 */
#ifndef THREADSAFE_H
#define THREADSAFE_H

#include "loop.h"
#include "nap.h"

#include <pthread.h>
#include <stdatomic.h>

/** What another thread wants the loop to call. */
typedef struct Call {
    struct Call *next;
    Handle *handle; /* made beforehand, in the loop's thread; NULL: when the loop takes the call in */
    const char *name;
    HandleFunction function;
    void *context;
    void (*give_back)(struct Call *call); /* the record: the loop has it, or will never call it */
} Call;

typedef struct Gate {
    atomic_bool rung;       /* since the loop last took in what is here */
    atomic_uint held;       /* so many threads will ring some time */
    atomic_ulong marks;     /* signals that came, a bit each */
    atomic_uint interrupts; /* SIGINTs that loop_run() has to act on */
    atomic_uint references;
    int wake;             /* an eventfd */
    pthread_mutex_t lock; /* of what follows */
    Call *first, *last;
    bool closed;
    Naps naps; /* of the loop's jobs */
} Gate;

/** @return one reference; NULL when out of memory or descriptors */
Gate *gate_new(void);
Gate *gate_keep(Gate *gate);
void gate_release(Gate *gate);
/** From any thread. @return false when it is closed: the call stays the caller's */
bool gate_post(Gate *gate, Call *call);
/** Takes a call back that the loop has not taken in. @return was it there? */
bool gate_withdraw(Gate *gate, const Call *call);
/** Wakes the loop. From any thread, as long as it is not closed; also in a signal handler. */
void gate_ring(Gate *gate);

/** In the loop's thread: */
static inline bool gate_rung(Gate *gate)
{
    return atomic_load_explicit(&gate->rung, memory_order_acquire);
}
static inline bool gate_held(Gate *gate)
{
    return atomic_load_explicit(&gate->held, memory_order_acquire) != 0;
}

/** Opens the loop's gate and watches it. @return false when out of memory or descriptors */
bool loop_open_gate(Loop *loop);
/** Nobody can call it any more; what waits in the gate is given back. */
void loop_close_gate(Loop *loop);
/**
 * Moves what is in the gate to the ready queue, and acts on SIGINT.
 * @return false when the loop's run ends here
 */
bool loop_take_in(Loop *loop);
/** Something of the loop's own thread wakes it as others do, because CPython's does. */
void loop_ring(Loop *loop);

#endif
