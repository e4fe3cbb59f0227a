/*
 * Makes the header's description of the program out of lesson.json and the knobs as they are set.
 */
#include "card.h"

#include "knob.h"

#include <stdlib.h>

static const cJSON *variant_of(const cJSON *json, const char *variant)
{
    return variant ? cJSON_GetObjectItem(cJSON_GetObjectItem(json, "variants"), variant) : NULL;
}

/* Writes the knobs' values into every text below. */
static bool expand_texts(cJSON *json)
{
    cJSON *item;
    cJSON_ArrayForEach(item, json)
    {
        if (cJSON_IsString(item)) {
            char *expanded = knobs_expand(item->valuestring);
            bool kept = expanded && cJSON_SetValuestring(item, expanded);
            free(expanded);
            if (!kept)
                return false;
        } else if (!expand_texts(item)) {
            return false;
        }
    }
    return true;
}

static bool replace(cJSON *object, const char *key, const cJSON *value)
{
    if (!value)
        return true;
    cJSON_DeleteItemFromObject(object, key);
    return cJSON_AddItemToObject(object, key, cJSON_Duplicate(value, true));
}

static cJSON *make_about(const cJSON *json, const char *variant)
{
    cJSON *about = cJSON_Duplicate(json, true);
    const cJSON *own = variant_of(json, variant);
    static const char *const keys[] = {"title", "summary", "knobs", "notes"};
    bool made = about != NULL;
    for (size_t k = 0; made && k < sizeof keys / sizeof *keys; k++)
        made = replace(about, keys[k], cJSON_GetObjectItem(own, keys[k]));
    if (made) {
        cJSON_DeleteItemFromObject(about, "variants");
        made = expand_texts(about);
    }
    if (!made) {
        cJSON_Delete(about);
        return NULL;
    }
    return about;
}

static bool add_set(cJSON *program)
{
    cJSON *set = cJSON_AddObjectToObject(program, "set");
    bool made = set != NULL;
    for (size_t k = 0; made && k < knobs_count(); k++) {
        const Knob *knob = knobs_at(k);
        if (knob->changed)
            made = knob->word ? cJSON_AddStringToObject(set, knob->name, knob->word) != NULL
                              : cJSON_AddNumberToObject(set, knob->name, knob->number) != NULL;
    }
    return made;
}

const cJSON *card_knobs(const cJSON *json, const char *variant)
{
    const cJSON *own = cJSON_GetObjectItem(variant_of(json, variant), "knobs");
    return own ? own : cJSON_GetObjectItem(json, "knobs");
}

cJSON *card_program(const char *name, const cJSON *json, const char *variant)
{
    cJSON *program = cJSON_CreateObject();
    cJSON *about = make_about(json, variant);
    bool made = program && about && cJSON_AddStringToObject(program, "lesson", name) &&
                (!variant || cJSON_AddStringToObject(program, "variant", variant)) && add_set(program) &&
                cJSON_AddItemToObject(program, "about", about);
    if (made)
        return program;
    cJSON_Delete(about);
    cJSON_Delete(program);
    return NULL;
}
