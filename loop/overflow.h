/*
 * overflow.h — a stack overflow ends the program with a sentence.
 */
#ifndef OVERFLOW_H
#define OVERFLOW_H

#include "loop.h"

/** Gives this thread a stack for signals, and the program a handler, unless it has its own. */
void overflow_watch_thread(void);
void overflow_unwatch_thread(void);

/** A coroutine was left whose stack may be watched: if it overflowed, that ends the program. */
void overflow_check(const Coroutine *left);

#endif
