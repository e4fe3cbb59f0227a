/*
 * knob.c — knobs out of the header, and the notches along which they turn.
 */
#include "knob.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const codes[LANGUAGES] = {[LANG_ZH] = "zh", [LANG_EN] = "en"};

static const double far = 1e9; /* where nobody has set a limit, as looprun has it */

/* ------------------------------------------------------------------------------------------------ reading */

/* A meaning in one language only serves for both; without any, the name has to do. */
static bool read_meaning(Knob *knob, const cJSON *json)
{
    for (int k = 0; k < LANGUAGES; k++) {
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(json, codes[k]));
        for (int other = 0; !text && other < LANGUAGES; other++)
            text = cJSON_GetStringValue(cJSON_GetObjectItem(json, codes[other]));
        knob->meaning[k] = strdup(text ? text : knob->name);
        if (!knob->meaning[k])
            return false;
    }
    return true;
}

static bool read_choices(Knob *knob, const cJSON *choices, const char *value)
{
    const cJSON *choice;
    knob->choices = calloc((size_t)cJSON_GetArraySize(choices) + 1, sizeof *knob->choices);
    if (!knob->choices)
        return false;
    cJSON_ArrayForEach(choice, choices)
    {
        const char *word = cJSON_GetStringValue(choice);
        if (!word)
            continue;
        if (strcmp(word, value) == 0)
            knob->choice = knob->choice_count;
        if (!(knob->choices[knob->choice_count++] = strdup(word)))
            return false;
    }
    return true;
}

static double limit(const cJSON *json, const char *which, double otherwise)
{
    const cJSON *item = cJSON_GetObjectItem(json, which);
    return cJSON_IsNumber(item) ? item->valuedouble : otherwise;
}

static void show(char *buffer, size_t size, const cJSON *value)
{
    if (cJSON_IsString(value))
        snprintf(buffer, size, "%s", value->valuestring);
    else
        snprintf(buffer, size, "%.12g", cJSON_GetNumberValue(value));
}

/* @return false when out of memory */
static bool read_one(Knob *knob, const cJSON *json, const char *name, const cJSON *usual, const cJSON *value)
{
    *knob = (Knob){.name = strdup(name),
                   .number = cJSON_IsNumber(value) ? value->valuedouble : 0,
                   .least = limit(json, "min", -far),
                   .most = limit(json, "max", far),
                   .whole = cJSON_IsTrue(cJSON_GetObjectItem(json, "whole"))};
    show(knob->shown, sizeof knob->shown, value);
    show(knob->usual, sizeof knob->usual, usual);
    knob->changed = strcmp(knob->shown, knob->usual) != 0;
    return knob->name && read_meaning(knob, json) &&
           (!cJSON_IsString(usual) || read_choices(knob, cJSON_GetObjectItem(json, "choices"), knob->shown));
}

bool knobs_read(Knobs *knobs, const cJSON *declarations, const cJSON *set)
{
    const cJSON *json;
    *knobs = (Knobs){.items = calloc((size_t)cJSON_GetArraySize(declarations) + 1, sizeof *knobs->items)};
    bool made = knobs->items != NULL;
    cJSON_ArrayForEach(json, declarations)
    {
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(json, "name"));
        const cJSON *usual = cJSON_GetObjectItem(json, "default"),
                    *value = name ? cJSON_GetObjectItemCaseSensitive(set, name) : NULL;
        bool is_word = cJSON_IsString(usual);
        if (!name || !(is_word || cJSON_IsNumber(usual)))
            continue;
        if (!(is_word ? cJSON_IsString(value) : cJSON_IsNumber(value)))
            value = usual;
        made = made && read_one(&knobs->items[knobs->count++], json, name, usual, value);
    }
    return made;
}

void knobs_free(Knobs *knobs)
{
    for (size_t k = 0; k < knobs->count; k++) {
        Knob *knob = &knobs->items[k];
        for (size_t choice = 0; choice < knob->choice_count; choice++)
            free(knob->choices[choice]);
        for (int language = 0; language < LANGUAGES; language++)
            free(knob->meaning[language]);
        free(knob->choices);
        free(knob->name);
    }
    free(knobs->items);
    *knobs = (Knobs){0};
}

/* ------------------------------------------------------------------------------------------------ turning */

static const double notches[] = {1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9};

enum { NOTCHES = sizeof notches / sizeof *notches };

/* The nearest notch beyond a number above 0; the last one below 1, or 0.1, is 0. */
static double next_notch(double number, int way, bool whole)
{
    double slack = number * 1e-9, best = way > 0 ? INFINITY : 0, least = whole ? 1 : 0.1;
    for (int power = (int)floor(log10(number)) - 1, k = 0; k < 3 * NOTCHES; k++) {
        int decade = k / NOTCHES;
        double notch = notches[k % NOTCHES] * pow(10, power + decade);
        bool beyond =
            way > 0 ? notch > number + slack && notch < best : notch < number - slack && notch > best;
        if (beyond && notch >= least - slack && !(whole && notch != floor(notch)))
            best = notch;
    }
    return best;
}

static double turned_number(const Knob *knob, int way)
{
    double least = knob->whole ? 1 : 0.1, number = knob->number;
    double to = number > 0   ? next_notch(number, way, knob->whole)
                : way < 0    ? number - 1
                : number < 0 ? fmin(number + 1, 0)
                             : least;
    return to < knob->least ? knob->least : to > knob->most ? knob->most : to;
}

Knob knob_at(const Knob *knob, const char *value)
{
    Knob at = *knob;
    at.number = strtod(value, NULL);
    for (size_t k = 0; k < knob->choice_count; k++)
        if (strcmp(knob->choices[k], value) == 0)
            at.choice = k;
    snprintf(at.shown, sizeof at.shown, "%s", value);
    at.changed = strcmp(at.shown, at.usual) != 0;
    return at;
}

bool knob_turned(const Knob *knob, int way, char *buffer, size_t size)
{
    if (way == 0)
        snprintf(buffer, size, "%s", knob->usual);
    else if (!knob->choices)
        snprintf(buffer, size, "%.12g", turned_number(knob, way));
    else if (way > 0 && knob->choice + 1 < knob->choice_count)
        snprintf(buffer, size, "%s", knob->choices[knob->choice + 1]);
    else if (way < 0 && knob->choice > 0)
        snprintf(buffer, size, "%s", knob->choices[knob->choice - 1]);
    else
        return false;
    return strcmp(buffer, knob->shown) != 0;
}
