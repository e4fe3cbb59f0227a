/*
 * complain.h — what looprun says on stderr: one line, "looprun: what, where, what to do".
 */
#ifndef COMPLAIN_H
#define COMPLAIN_H

#include "loop.h"

/** How looprun ends. */
enum {
    STATUS_DONE = 0,
    STATUS_EXCEPTION = 1,
    STATUS_USAGE = 2,
    STATUS_STUCK = 3,
    STATUS_UNREADABLE = 4,
    STATUS_INTERRUPTED = 130, /* by Ctrl-C: what a shell says of a program that SIGINT has ended */
};

void complain(const char *format, ...) LOOP_PRINTF(1, 2);
/** What was said last, without who said it; "" at first. */
const char *complained(void);

#endif
