/*
 * The knobs of the one lesson that runs: a small table, filled from lesson.json and changed by --set.
 */
#include "knob.h"

#include "complain.h"
#include "lesson.h"
#include "words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    Knob *items;
    size_t count;
} knobs;

static Knob *find(const char *name, size_t length)
{
    for (size_t k = 0; k < knobs.count; k++)
        if (strlen(knobs.items[k].name) == length && memcmp(knobs.items[k].name, name, length) == 0)
            return &knobs.items[k];
    return NULL;
}

static Knob *find_or_end(const char *name)
{
    Knob *found = find(name, strlen(name));
    if (!found) {
        complain("the program asks for the knob \"%s\", which its lesson.json does not declare", name);
        exit(STATUS_UNREADABLE);
    }
    return found;
}

static void put_number(Knob *knob, double number)
{
    knob->number = number;
    snprintf(knob->shown, sizeof knob->shown, "%.12g", number);
}

static void put_word(Knob *knob, const char *word)
{
    knob->word = word;
    snprintf(knob->shown, sizeof knob->shown, "%s", word);
}

static bool load_one(Knob *knob, const cJSON *json)
{
    knob->json = json;
    knob->name = cJSON_GetStringValue(cJSON_GetObjectItem(json, "name"));
    const cJSON *value = cJSON_GetObjectItem(json, "default");
    if (!knob->name || !(cJSON_IsNumber(value) || cJSON_IsString(value))) {
        complain("lesson.json: each knob needs a \"name\" and a \"default\"");
        return false;
    }
    if (cJSON_IsNumber(value))
        put_number(knob, value->valuedouble);
    else
        put_word(knob, value->valuestring);
    return true;
}

/* The names of all knobs, for a message. */
static void list_names(char *buffer, size_t size)
{
    size_t used = (size_t)snprintf(buffer, size, "%s", knobs.count ? "" : words("none"));
    for (size_t k = 0; k < knobs.count && used < size; k++)
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", k ? ", " : "", knobs.items[k].name);
}

static bool set_word(Knob *knob, const char *value)
{
    const cJSON *choice;
    cJSON_ArrayForEach(choice, cJSON_GetObjectItem(knob->json, "choices"))
    {
        if (cJSON_IsString(choice) && strcmp(choice->valuestring, value) == 0) {
            put_word(knob, choice->valuestring);
            return true;
        }
    }
    char *choices = cJSON_PrintUnformatted(cJSON_GetObjectItem(knob->json, "choices"));
    complain("--set %s=%s: it must be one of %s", knob->name, value, choices ? choices : words("none"));
    cJSON_free(choices);
    return false;
}

static double limit(const Knob *knob, const char *which, double otherwise)
{
    const cJSON *json = cJSON_GetObjectItem(knob->json, which);
    return cJSON_IsNumber(json) ? json->valuedouble : otherwise;
}

static bool set_number(Knob *knob, const char *value)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end || !isfinite(number)) {
        complain("--set %s=%s: it must be a number", knob->name, value);
        return false;
    }
    if (cJSON_IsTrue(cJSON_GetObjectItem(knob->json, "whole")) && number != floor(number)) {
        complain("--set %s=%s: it must be a whole number", knob->name, value);
        return false;
    }
    double min = limit(knob, "min", -1e9);
    double max = limit(knob, "max", 1e9);
    if (number < min || number > max) {
        complain("--set %s=%s: it must be between %g and %g", knob->name, value, min, max);
        return false;
    }
    put_number(knob, number);
    return true;
}

bool knobs_load(const cJSON *declarations)
{
    size_t count = (size_t)cJSON_GetArraySize(declarations);
    knobs.items = calloc(count ? count : 1, sizeof *knobs.items);
    if (!knobs.items) {
        complain("out of memory");
        return false;
    }
    const cJSON *json;
    cJSON_ArrayForEach(json, declarations)
    {
        if (!load_one(&knobs.items[knobs.count], json))
            return false;
        knobs.count++;
    }
    return true;
}

void knobs_free(void)
{
    free(knobs.items);
    knobs.items = NULL;
    knobs.count = 0;
}

bool knobs_set(const char *assignment)
{
    const char *equals = strchr(assignment, '=');
    if (!equals) {
        complain("--set %s: write --set KNOB=VALUE", assignment);
        return false;
    }
    Knob *knob = find(assignment, (size_t)(equals - assignment));
    if (!knob) {
        char names[256];
        list_names(names, sizeof names);
        complain("no knob \"%.*s\" in this lesson; its knobs: %s", (int)(equals - assignment), assignment,
                 names);
        return false;
    }
    if (!(knob->word ? set_word(knob, equals + 1) : set_number(knob, equals + 1)))
        return false;
    knob->changed = true;
    return true;
}

size_t knobs_count(void)
{
    return knobs.count;
}

const Knob *knobs_at(size_t index)
{
    return &knobs.items[index];
}

char *knobs_expand(const char *text)
{
    char *expanded = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&expanded, &length);
    if (!out)
        return NULL;
    while (*text) {
        const char *close = *text == '{' ? strchr(text, '}') : NULL;
        const Knob *knob = close ? find(text + 1, (size_t)(close - text) - 1) : NULL;
        if (knob) {
            fputs(knob->shown, out);
            text = close + 1;
        } else {
            fputc(*text++, out);
        }
    }
    if (fclose(out) != 0) {
        free(expanded);
        return NULL;
    }
    return expanded;
}

double knob(const char *name)
{
    return find_or_end(name)->number;
}

int64_t knob_seconds(const char *name)
{
    return loop_seconds(knob(name));
}

const char *knob_text(const char *name)
{
    return find_or_end(name)->shown;
}
