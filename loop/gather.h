/*
 * gather.h — the future of a gather, from the inside.
 */
#ifndef GATHER_H
#define GATHER_H

#include "future.h"

/** gather(*items), on this loop or that of the first future. @return NONE and the future, or why not */
Value gather_begin(Loop *loop, const Awaitable *items, size_t count, bool return_exceptions, Future **outer);
/** Cancels the children of a gather's future. @return was any of them cancelled */
bool gather_cancel(Future *outer, const char *message);
/**
 * The last reference to its future was given back.
 * @return true when the children need it until it is done: it is theirs now
 */
bool gather_lives_on(Future *outer);
/** Its future is gone. */
void gather_release(Gather *gather);

#endif
