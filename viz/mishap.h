/*
 * mishap.h — a program that did not even begin: it does not compile, or Python cannot read it.
 *
 * Its trace has the program, what compiler or Python said of it, and its end. That is no run to step through:
 * the window shows it as a card over the picture.
 */
#ifndef VIZ_MISHAP_H
#define VIZ_MISHAP_H

#include "history.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Mishap {
    const char *name;     /* of the program's file, borrowed from the history, as are … */
    const char *language; /* "c" or "python" */
    const char *text;     /* … and what stands in it; NULL: not known */
    uint32_t line;        /* the line it is about, 0: none */
    char *said;
} Mishap;

/** What has happened so far may turn out as a mishap: nothing has run yet. */
bool mishap_may_come(const History *history);
/** @return NULL when the trace is none of a mishap, or out of memory; freed by mishap_free() */
Mishap *mishap_of(const History *history);
void mishap_free(Mishap *mishap);
/** Is the line one of those that say what is wrong, rather than where? */
bool mishap_names_error(const char *line, size_t length);

#endif
