/*
 * names_of_events.h — the names of kinds and words, and of what a wait waits for, for the reader's look-up.
 */
#ifndef VIZ_NAMES_OF_EVENTS_H
#define VIZ_NAMES_OF_EVENTS_H

#include "event.h"

extern const char *const event_kind_names[EV_KINDS];
extern const char *const event_word_names[WORDS];
extern const char *const event_until_names[UNTILS]; /* NULL: UNTIL_OTHER */

#endif
