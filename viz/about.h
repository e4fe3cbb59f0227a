/*
 * about.h — what a lesson says about itself, from the trace's header
 * ("program":{"lesson":…,"about":{lesson.json}}).
 *
 * A recording of any other program has no lesson; then titles come from its file names, and there are no
 * notes.
 */
#ifndef VIZ_ABOUT_H
#define VIZ_ABOUT_H

#include "history.h"
#include "knob.h"
#include "lang.h"

typedef struct About About;

/** @return NULL when out of memory; a header without a lesson gives an About with no notes */
About *about_new(const History *history);
void about_free(About *about);
const char *about_lesson(const About *about);  /* "async-await", or NULL */
const char *about_variant(const About *about); /* "as-written", or NULL */
/** The file of the program as it was started, "my.c"; NULL: a lesson of ours. A module's is "-m". */
const char *about_program(const About *about);
/** The Python whose loop a program was recorded on, "CPython 3.11.7", or NULL */
const char *about_python(const About *about);
const char *about_title(const About *about, Language language);
const char *about_summary(const About *about, Language language);
/** Its knobs, as they were set for this run. Alive as long as the about. */
const Knobs *about_knobs(const About *about);
/** The lesson's own note for the events after `from` up to `until`, or NULL; for 0 and 0: what it says before
 * anything has happened. */
const char *about_note(const About *about, const History *history, uint32_t from, uint32_t until,
                       Language language);
/** The lines of the listing that its first note speaks of; 0 and 0: none. */
void about_first_lines(const About *about, uint32_t *first, uint32_t *last);
/** Has the lesson a note at just this event? */
bool about_has_note(const About *about, const History *history, uint32_t i);

#endif
