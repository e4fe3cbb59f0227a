/*
 * overflow.h — a stack overflow ends the program with a sentence.
 */
#ifndef OVERFLOW_H
#define OVERFLOW_H

/** Gives this thread a stack for signals, and the program a handler, unless it has its own. */
void overflow_watch_thread(void);
void overflow_unwatch_thread(void);

#endif
