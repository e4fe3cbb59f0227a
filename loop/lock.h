/*
 * lock.h — a lock, from the inside: whose it is, for the trace of a program that is stuck.
 */
#ifndef LOCK_H
#define LOCK_H

#include "trace_format.h"
#include "waiters.h"

struct Lock {
    Bound bound;
    bool locked;
    uint32_t number; /* in the trace, from the first wait for it on; 0: nobody has waited */
    uint32_t holder; /* while locked: the task's number in the trace; 0: not traced */
    Waiters waiters;
    Lock *next; /* of this thread */
};

/** The field `held` of `stuck`: of each wait for a lock its future, and who has the lock. None: nothing */
Cursor lock_put_held(Cursor line, const Loop *loop);

#endif
