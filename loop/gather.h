/*
 * gather.h — the future of a gather, from the inside.
 */
#ifndef GATHER_H
#define GATHER_H

#include "future.h"

/** gather(*items), on this loop or that of the first future. @return NONE and the future, or why not */
Value gather_begin(Loop *loop, const Awaitable *items, size_t count, bool return_exceptions, Future **outer);
/** A cancel while it goes through the children of a gather. */
typedef struct CancelWalk {
    Future *outer;
    Task *waiting; /* for it, and told before; NULL: the gather itself was to be cancelled */
    size_t next;   /* child */
    bool taken;    /* by any of them */
    bool under_way;
    struct CancelWalk *up; /* in the gather whose child this hangs on */
} CancelWalk;

/** That of a gather's future. */
CancelWalk *gather_walk(const Future *outer);
/** Its children, in the order given. @return NULL after the last */
Future *gather_child(const Future *outer, size_t k);
/** Some child has taken a cancel that was meant for all. */
void gather_cancel_requested(Future *outer);
/**
 * The last reference to its future was given back.
 * @return true when the children need it until it is done: it is theirs now
 */
bool gather_lives_on(Future *outer);
/** Its future is gone. */
void gather_release(Gather *gather);

#endif
