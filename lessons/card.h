/*
 * card.h — what a lesson says about itself: lesson.json, for the program that runs.
 */
#ifndef CARD_H
#define CARD_H

#include <cjson/cJSON.h>

/** The declarations of the knobs: a variant's own when it has some, else the lesson's. May be NULL. */
const cJSON *card_knobs(const cJSON *json, const char *variant);

/**
 * The header's "program": {"lesson","variant","set","about"}. "about" is lesson.json with the variant's
 * title, summary and notes in place of the lesson's; {knob} in its texts is the knob's value.
 * @return yours to delete, NULL when out of memory
 */
cJSON *card_program(const char *name, const cJSON *json, const char *variant);

#endif
