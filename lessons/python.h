/*
 * python.h — real Python programs: looprun becomes Python, with the recorder watching the program.
 */
#ifndef PYTHON_H
#define PYTHON_H

#include "options.h"

/** Is the word a Python program, and not a lesson? NAME.py, or a folder with a __main__.py. */
bool python_names(const char *word);
/** Becomes the Python that records the program and its arguments. Comes back only when that cannot be, after
 * complaining. @param about what else the trace's header says of it, a JSON object; or NULL
 * @return an exit status */
int python_become(const Options *options, const char *about);

#endif
