/*
 * lines.h — lets a C program tell which of its lines runs, without a word of it in the program.
 *
 * C keeps no line numbers while it runs. A lesson says them itself (LINE); for anyone's own program they are
 * written in before it is compiled: a call in front of each statement, on the statement's own line, so that
 * all lines keep their numbers.
 *
 *     TRY(await_sleep(one));          own_line(7); TRY(await_sleep(one));
 *     while (n > 0)            ──►    while (own_line(8), n > 0)
 *         print("%d", n--);               { own_line(9); print("%d", n--); }
 */
#ifndef LINES_H
#define LINES_H

#include "loop.h"

/** Does the program say its lines itself, for a listing? It calls LINE(). */
bool lines_are_told(const char *text);
/**
 * The program with the calls in it. LINE(n) in it no longer counts in a listing.
 * @return yours to free; NULL when out of memory
 */
char *lines_tell(const char *text);
/** Tells the trace in which line every function of the program is defined. */
void lines_define(Trace *trace, const char *text);

#endif
