/*
 * output.h — where a lesson's print() goes.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/** Off: print() writes to the trace only. */
void output_to_stdout(bool on);
/**
 * From now on what anyone writes to stdout and stderr by stdio is the program's output, in the trace too: a
 * program of its own uses printf(). output_let_go() ends it.
 */
void output_catch(void);
void output_let_go(void);
/** From now on all of it is told to the listener as well. */
void output_tell(void (*listener)(const char *text, size_t length));
/** A line on stderr, in the trace too, as when Python ends with an exception. */
void output_error(const char *line);
/** Everything could be written so far? Complains. */
bool output_finish(void);

#endif
