/*
 * listing.h — the Python program beside a lesson, as it is shown: with the knobs' values in it.
 */
#ifndef LISTING_H
#define LISTING_H

#include "loop.h"

/** Takes the listing "lesson.py" with this text and writes the knobs that were turned into it. Complains. */
bool listing_load(const char *name, const char *text);
void listing_free(void);
const char *listing_name(void);
const char *listing_text(void);
/** The line in which `def function(` stands (that of its first decorator, as Python counts), or 0. */
int listing_definition(const char *function);
/** Tells the trace where every function is defined. */
void listing_define(Trace *trace);

#endif
