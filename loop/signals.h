/*
 * signals.h — signals that the loop handles as it handles everything: by a handle in the ready queue.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "handle.h"
#include "threadsafe.h"

#include <signal.h>

enum { SIGNALS_MOST = 64 };

/** Those of one loop; made when it first handles one. */
typedef struct Signals {
    Handle *handles[SIGNALS_MOST + 1]; /* by signal; references */
    struct sigaction before[SIGNALS_MOST + 1];
    unsigned count;
} Signals;

/** A bit of `marks` for each that came: their handles become ready. */
void signals_process(Loop *loop, unsigned long marks);
/** The loop closes: each signal gets back the action that it had. */
void signals_close(Loop *loop);

/** Where a signal handler finds the loop that it has to wake: NULL while there is none. */
typedef _Atomic(Gate *) Listener;

/** In a signal handler, before and after it uses the gate. @return NULL: nobody listens */
Gate *listener_enter(Listener *listener);
void listener_leave(void);
/** Nobody listens any more, and no handler still uses the gate when this returns. */
void listener_end(Listener *listener);

#endif
