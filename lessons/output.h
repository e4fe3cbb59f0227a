/*
 * output.h — where a lesson's print() goes.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>

/** Off: print() writes to the trace only. */
void output_to_stdout(bool on);
/** A line on stderr, in the trace too, as when Python ends with an exception. */
void output_error(const char *line);
/** Everything could be written so far? Complains. */
bool output_finish(void);

#endif
