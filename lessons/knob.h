/*
 * knob.h — a lesson's knobs: the values in it that a class may change and run again.
 *
 * A knob is a number within limits, or a word out of a list. lesson.json declares it, --set turns it, the
 * lesson asks for it by knob() (lesson.h), and the listing that is shown carries the value that was set.
 *
 *     { "name": "seconds", "default": 2, "min": 0.1, "max": 60, "zh": "…", "en": "…",
 *       "listing": [[4, "2"], [8, "2"]] }
 *
 * Further keys: "whole": true for a number without fraction, "choices": ["…", …] for a word.
 */
#ifndef KNOB_H
#define KNOB_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Knob {
    const char *name;
    const cJSON *json; /* its declaration, borrowed */
    double number;
    const char *word; /* NULL: it is a number */
    char shown[32];   /* the value as it reads in a program */
    bool changed;
} Knob;

/** Takes the array "knobs" of lesson.json (NULL: there are none), all at their defaults. Complains. */
bool knobs_load(const cJSON *declarations);
void knobs_free(void);
/** "name=value". Complains about an unknown name or a value that does not fit. */
bool knobs_set(const char *assignment);
size_t knobs_count(void);
const Knob *knobs_at(size_t index);
/** A text with every {name} replaced by the knob's value. @return yours to free, NULL when out of memory */
char *knobs_expand(const char *text);

#endif
