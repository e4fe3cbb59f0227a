/*
 * note.h — a lesson's notes, and the moments they belong to.
 *
 * A note says where it belongs: "start" (before anything happens), "end", "stuck", "line 12", "line 12 #2"
 * (the second time that this line of the listing runs), "iteration 4", "wait #1" (the first select that does
 * not only look), "output #1", "switch #3", "blocked #1", "mark append", "mark append #2". The note at the
 * start may name the lines of the listing that it speaks of: "lines": [13, 14].
 */
#ifndef VIZ_NOTE_H
#define VIZ_NOTE_H

#include "history.h"
#include "lang.h"

struct cJSON;
typedef struct Notes Notes;

/** @param json an array of {"at", "lines", "zh", "en"}; NULL: no notes. @return NULL when out of memory */
Notes *notes_new(const struct cJSON *json, const char *const languages[LANGUAGES]);
void notes_free(Notes *notes);
/** The last note that belongs to one of the events after `from` up to `until`; NULL when none does. Looks at
 *  what the history has grown by first. "start" belongs to the moment that ends at 0. */
const char *notes_at(Notes *notes, const History *history, uint32_t from, uint32_t until, Language language);
/** The lines that the note at the start speaks of, first and last; 0 and 0: none. */
void notes_first_lines(const Notes *notes, uint32_t *first, uint32_t *last);
/** Does a note belong to event i? */
bool notes_are_at(Notes *notes, const History *history, uint32_t i);

#endif
