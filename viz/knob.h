/*
 * knob.h — a lesson's knobs: the values in it that a class may change and run again.
 *
 * They come with the trace's header: "program":{"set":{…},"about":{"knobs":[…]}}. A knob is a number within
 * limits, or a word out of a list.
 */
#ifndef VIZ_KNOB_H
#define VIZ_KNOB_H

#include "lang.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Knob {
    char *name;
    char *meaning[LANGUAGES]; /* "seconds that each task sleeps" */
    char **choices;           /* NULL: it is a number */
    size_t choice_count;
    size_t choice; /* that is set */
    double number, least, most;
    bool whole;     /* no fractions */
    bool changed;   /* it is not at its default */
    char shown[64]; /* the value, as --set takes it and a listing shows it */
    char usual[64]; /* the default, likewise */
} Knob;

typedef struct Knobs {
    Knob *items;
    size_t count;
} Knobs;

/**
 * Reads the declarations (lesson.json's "knobs") and what of them was set (the header's "set"). One that
 * makes no sense is left out. @return false when out of memory; give it to knobs_free() all the same
 */
bool knobs_read(Knobs *knobs, const cJSON *declarations, const cJSON *set);
void knobs_free(Knobs *knobs);

/** The knob as it would be with this value; what it points to is still the knob's. */
Knob knob_at(const Knob *knob, const char *value);

/**
 * The value one notch up (1) or down (-1), or the default (0): words in their order, numbers along 1, 1.5, 2,
 * 3, 4 … of each power of ten.
 * @return false when it stands there already, or at the end
 */
bool knob_turned(const Knob *knob, int way, char *buffer, size_t size);

#endif
