/*
 * projection.h — what of a trace is compared with CPython's (TRACE.md, "Comparing a C lesson with its Python
 * listing").
 *
 * A trace becomes a list of short lines, one an event that counts, all with their time:
 *
 *     [2000000000] ready h6 soon wakeup t2
 *     [2000000000] ran h2 t2 waiting on f2 at func1:4
 *
 * Two traces are of the same behaviour when their lists are equal. Of the source, a line is compared where a
 * reader looks: where a task suspends, is made, prints, and ends. Left out are texts, reprs, the names of
 * callbacks, and all of asyncio.run's own helpers but that they exist.
 *
 * For programs that are no lesson's, and tell no lines, there is the bare form: no source lines, and in their
 * place a few kinds of events more.
 */
#ifndef TESTS_PROJECTION_H
#define TESTS_PROJECTION_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Projection {
    char **lines;
    size_t count;
    char *problem; /* why it could not be read, NULL */
} Projection;

/** Reads a whole trace. The listing's own file name in its output becomes "lesson.py". */
Projection projection_read(const char *trace, size_t length);
/** The bare form: no source lines. */
Projection projection_read_bare(const char *trace, size_t length);
void projection_free(Projection *projection);

/** Number of the first line that differs, from 0; SIZE_MAX when all are equal. */
size_t projection_differs(const Projection *one, const Projection *other);
/** Prints both around that line. */
void projection_show(const Projection *one, const char *one_name, const Projection *other,
                     const char *other_name, size_t line);

#endif
