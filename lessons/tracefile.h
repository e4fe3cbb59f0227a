/*
 * tracefile.h — where the trace is written: stdout, or a file that appears under its name only when it is
 * whole.
 */
#ifndef TRACEFILE_H
#define TRACEFILE_H

#include <stdbool.h>

/** Opens it; "-" is stdout. Complains. @return a descriptor, or -1 */
int tracefile_open(const char *path);
/** The file that is being written, or NULL: a name to tell when the program is killed. */
const char *tracefile_unfinished(void);
/** Nothing could be written: takes the temporary file away. */
void tracefile_abandon(void);
/** Gives the written file its name. Complains. */
bool tracefile_finish(void);

#endif
