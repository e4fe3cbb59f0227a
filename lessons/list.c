/*
 * The list of lessons, twice: a table for people, JSON for the window and for scripts.
 */
#include "list.h"

#include "complain.h"
#include "folder.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------------------------------------- table ---- */

static const char *text_in(const cJSON *texts)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(texts, words_language()));
    return text ? text : "";
}

static const char *text_of(const cJSON *object, const char *key)
{
    return text_in(cJSON_GetObjectItem(object, key));
}

/* A line's text, without the marks of `code`. */
static void put_text(const char *text)
{
    for (; *text; text++)
        if (*text != '`')
            putchar(*text);
    putchar('\n');
}

static void show_knob(const cJSON *knob)
{
    char *value = cJSON_PrintUnformatted(cJSON_GetObjectItem(knob, "default"));
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(knob, "name"));
    char option[64];
    snprintf(option, sizeof option, "--set %s=%s", name ? name : "?", value ? value : "?");
    printf("        %-22s ", option);
    put_text(text_in(knob));
    cJSON_free(value);
}

static void show_lesson(const char *folder, const cJSON *json)
{
    printf("  %2d  %-24s ", folder_number(folder), folder_name(folder));
    put_text(text_of(json, "summary"));
    const cJSON *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(json, "knobs")) show_knob(item);
    for (const LessonProgram *variant = folder_next_variant(folder, NULL); variant;
         variant = folder_next_variant(folder, variant)) {
        const cJSON *own = cJSON_GetObjectItem(cJSON_GetObjectItem(json, "variants"), variant->stem);
        printf("        --variant %-12s ", variant->stem);
        put_text(text_of(own, "summary"));
    }
}

static bool show_table(void)
{
    char group[128] = "";
    bool good = true;
    for (const char *folder = folder_next(NULL); folder; folder = folder_next(folder)) {
        cJSON *json = folder_json(folder);
        good = good && json;
        if (!json) /* told; the others are listed all the same */
            continue;
        const char *own = text_of(json, "group");
        if (strcmp(group, own) != 0) {
            printf("%s%s\n", *group ? "\n" : "", own);
            snprintf(group, sizeof group, "%s", own);
        }
        show_lesson(folder, json);
        cJSON_Delete(json);
    }
    return good;
}

/* --------------------------------------------------------------------------------------------- JSON ---- */

static bool copy(cJSON *to, const cJSON *from, const char *key)
{
    const cJSON *value = cJSON_GetObjectItem(from, key);
    return !value || cJSON_AddItemToObject(to, key, cJSON_Duplicate(value, true));
}

static bool add_variants(cJSON *to, const char *folder, const cJSON *json)
{
    cJSON *variants = cJSON_AddArrayToObject(to, "variants");
    bool made = variants != NULL;
    for (const LessonProgram *variant = folder_next_variant(folder, NULL); made && variant;
         variant = folder_next_variant(folder, variant)) {
        const cJSON *own = cJSON_GetObjectItem(cJSON_GetObjectItem(json, "variants"), variant->stem);
        cJSON *entry = cJSON_CreateObject();
        made = cJSON_AddItemToArray(variants, entry) &&
               cJSON_AddStringToObject(entry, "name", variant->stem) && copy(entry, own, "title") &&
               copy(entry, own, "summary");
    }
    return made;
}

static bool add_knobs(cJSON *to, const cJSON *json)
{
    static const char *const keys[] = {"name", "default", "min", "max", "whole", "choices", "zh", "en"};
    cJSON *knobs = cJSON_AddArrayToObject(to, "knobs");
    bool made = knobs != NULL;
    const cJSON *knob;
    cJSON_ArrayForEach(knob, cJSON_GetObjectItem(json, "knobs"))
    {
        cJSON *entry = cJSON_CreateObject();
        made = made && cJSON_AddItemToArray(knobs, entry);
        for (size_t k = 0; made && k < sizeof keys / sizeof *keys; k++)
            made = copy(entry, knob, keys[k]);
    }
    return made;
}

/* A lesson whose texts cannot be read still has a line, which says so. */
static bool add_problem(cJSON *entry, const char *folder)
{
    return folder_fill_in(entry, folder) && cJSON_AddStringToObject(entry, "problem", complained());
}

static bool add_lesson(cJSON *all, const char *folder, bool *good)
{
    cJSON *json = folder_json(folder), *entry = cJSON_CreateObject();
    *good = *good && json;
    bool made = cJSON_AddItemToArray(all, entry) &&
                cJSON_AddStringToObject(entry, "name", folder_name(folder)) &&
                cJSON_AddNumberToObject(entry, "number", folder_number(folder)) &&
                cJSON_AddStringToObject(entry, "folder", folder);
    if (made && !json)
        return add_problem(entry, folder);
    made = made && copy(entry, json, "group") && copy(entry, json, "title") && copy(entry, json, "summary") &&
           add_variants(entry, folder, json) && add_knobs(entry, json);
    cJSON_Delete(json);
    return made;
}

static bool show_json(void)
{
    cJSON *all = cJSON_CreateArray();
    bool made = all != NULL, good = true;
    for (const char *folder = folder_next(NULL); made && folder; folder = folder_next(folder))
        made = add_lesson(all, folder, &good);
    char *text = made ? cJSON_Print(all) : NULL;
    if (text)
        puts(text);
    else
        complain("out of memory");
    cJSON_free(text);
    cJSON_Delete(all);
    return text && good;
}

bool list_lessons(bool json)
{
    return json ? show_json() : show_table();
}
