/*
 * text.h — `loopglass text`: the lesson as plain text, step by step, for a terminal, a screen reader, a
 * machine without display.
 *
 * The same beats and the same sentences as in the window, then what has changed: who runs, the ready queue,
 * who waits for what, what was printed. One thing a line, no drawing, no colour.
 */
#ifndef VIZ_TEXT_H
#define VIZ_TEXT_H

#include "about.h"
#include "beat.h"
#include "history.h"
#include "lang.h"

#include <stdio.h>

/** @return 0, or -1 when it cannot be written or memory is out */
int text_tell(FILE *out, const History *history, const Beats *beats, const About *about, Language language);

#endif
