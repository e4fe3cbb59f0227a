/*
 * script.h — the Python program beside a lesson, as it is shown: with the knobs' values in it.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "loop.h"

/** Takes the listing "lesson.py" with this text and writes the knobs that were turned into it. Complains. */
bool script_load(const char *name, const char *text);
void script_free(void);
const char *script_name(void);
const char *script_text(void);
/** Tells the trace in which line every function is defined (that of its first decorator, as Python counts).
 */
void script_define(Trace *trace);

#endif
