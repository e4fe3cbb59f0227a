/*
 * catalog.c — `looprun --list --json` as structures: [{"name", "number", "folder", "group", "title",
 * "summary", "variants"}, …], each text {"zh", "en"}. A text that is missing in one language is shown in the
 * other. A lesson of one's own that is broken has a "problem", which is shown in place of its summary.
 */
#include "catalog.h"

#include "child.h"

#include <cjson/cJSON.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MOST = 16 << 20, PATIENCE = 10000 /* ms */ };

static const char *const codes[LANGUAGES] = {[LANG_ZH] = "zh", [LANG_EN] = "en"};

static void free_all(char **texts, size_t count)
{
    for (size_t k = 0; texts && k < count; k++)
        free(texts[k]);
    free(texts);
}

static void complain(Catalog *catalog, const char *problem)
{
    catalog_free(catalog);
    catalog->problem = strdup(problem);
}

/** Copies a text in every language. @return false when out of memory */
static bool copy_texts(char *to[LANGUAGES], const cJSON *texts)
{
    for (int k = 0; k < LANGUAGES; k++) {
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(texts, codes[k]));
        for (int other = 0; !text && other < LANGUAGES; other++)
            text = cJSON_GetStringValue(cJSON_GetObjectItem(texts, codes[other]));
        to[k] = strdup(text ? text : "");
        if (!to[k])
            return false;
    }
    return true;
}

static bool read_variants(LessonEntry *entry, const cJSON *variants)
{
    size_t count = (size_t)cJSON_GetArraySize(variants);
    if (count == 0)
        return true;
    entry->variants = calloc(count, sizeof *entry->variants);
    bool made = entry->variants != NULL;
    for (int k = 0; k < LANGUAGES; k++) {
        entry->variant_titles[k] = calloc(count, sizeof *entry->variant_titles[k]);
        entry->variant_summaries[k] = calloc(count, sizeof *entry->variant_summaries[k]);
        made = made && entry->variant_titles[k] && entry->variant_summaries[k];
    }
    if (!made)
        return false;
    const cJSON *variant;
    cJSON_ArrayForEach(variant, variants)
    {
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(variant, "name"));
        char *titles[LANGUAGES] = {NULL}, *summaries[LANGUAGES] = {NULL};
        if (!name)
            continue;
        size_t at = entry->variant_count++;
        bool copied = copy_texts(titles, cJSON_GetObjectItem(variant, "title")) &&
                      copy_texts(summaries, cJSON_GetObjectItem(variant, "summary"));
        entry->variants[at] = strdup(name);
        for (int k = 0; k < LANGUAGES; k++) {
            entry->variant_titles[k][at] = titles[k];
            entry->variant_summaries[k][at] = summaries[k];
        }
        if (!copied || !entry->variants[at])
            return false;
    }
    return true;
}

static bool read_entry(LessonEntry *entry, const cJSON *json, const char *name)
{
    double number = cJSON_GetNumberValue(cJSON_GetObjectItem(json, "number"));
    entry->number = number >= 1 && number < 10000 ? (int)number : 0;
    const char *folder = cJSON_GetStringValue(cJSON_GetObjectItem(json, "folder"));
    const char *problem = cJSON_GetStringValue(cJSON_GetObjectItem(json, "problem"));
    bool is_own = folder && folder[0] == '/';
    entry->name = strdup(name);
    entry->path = is_own ? strdup(folder) : NULL;
    if (problem) {
        for (int k = 0; k < LANGUAGES; k++)
            entry->summary[k] = strdup(problem);
        return entry->name && entry->summary[LANGUAGES - 1] &&
               copy_texts(entry->title, cJSON_GetObjectItem(json, "title")) &&
               copy_texts(entry->group, cJSON_GetObjectItem(json, "group"));
    }
    return entry->name && (entry->path || !is_own) &&
           copy_texts(entry->title, cJSON_GetObjectItem(json, "title")) &&
           copy_texts(entry->summary, cJSON_GetObjectItem(json, "summary")) &&
           copy_texts(entry->group, cJSON_GetObjectItem(json, "group")) &&
           read_variants(entry, cJSON_GetObjectItem(json, "variants"));
}

void catalog_parse(Catalog *catalog, const char *json, size_t length)
{
    *catalog = (Catalog){.count = 0};
    cJSON *list = cJSON_ParseWithLength(json, length);
    if (!cJSON_IsArray(list)) {
        cJSON_Delete(list);
        complain(catalog, "looprun --list --json did not print a list");
        return;
    }
    catalog->entries = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *catalog->entries);
    bool good = catalog->entries != NULL;
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(item, "name"));
        if (good && name)
            good = read_entry(&catalog->entries[catalog->count++], item, name);
    }
    cJSON_Delete(list);
    if (!good)
        complain(catalog, "out of memory");
}

/** Everything that the child prints, or NULL when it prints too much, for too long, or memory is out. */
static char *read_answer(Child *child, size_t *length)
{
    size_t capacity = 1 << 16;
    char *answer = malloc(capacity);
    *length = 0;
    while (answer && !child_ended(child)) {
        struct pollfd wait = {.fd = child_descriptor(child), .events = POLLIN};
        if (poll(&wait, 1, PATIENCE) == 0 || *length >= ANSWER_MOST)
            break;
        *length += child_read(child, answer + *length, capacity - *length);
        if (*length == capacity) {
            char *grown = realloc(answer, capacity *= 2);
            if (!grown)
                break;
            answer = grown;
        }
    }
    if (answer && child_ended(child))
        return answer;
    free(answer);
    return NULL;
}

void catalog_load(Catalog *catalog)
{
    *catalog = (Catalog){.count = 0};
    char *looprun = find_looprun();
    if (!looprun) {
        complain(catalog, "looprun was not found beside loopglass or on PATH");
        return;
    }
    const char *problem = NULL;
    const char *const argv[] = {looprun, "--list", "--json", NULL};
    Child *child = child_start(argv, &problem);
    free(looprun);
    if (!child) {
        complain(catalog, problem);
        return;
    }
    size_t length;
    char *answer = read_answer(child, &length);
    if (answer && length > 0 && child_status(child) != 2) /* 4: what could be read is listed */
        catalog_parse(catalog, answer, length);
    else
        complain(catalog, answer && child_last_words(child)[0] ? child_last_words(child)
                                                               : "looprun --list --json did not answer");
    free(answer);
    child_free(child);
}

void catalog_free(Catalog *catalog)
{
    for (size_t k = 0; catalog->entries && k < catalog->count; k++) {
        LessonEntry *entry = &catalog->entries[k];
        free_all(entry->variants, entry->variant_count);
        free(entry->name);
        free(entry->path);
        for (int language = 0; language < LANGUAGES; language++) {
            free_all(entry->variant_titles[language], entry->variant_count);
            free_all(entry->variant_summaries[language], entry->variant_count);
            free(entry->title[language]);
            free(entry->summary[language]);
            free(entry->group[language]);
        }
    }
    free(catalog->entries);
    free(catalog->problem);
    *catalog = (Catalog){.count = 0};
}

const char *catalog_source(const LessonEntry *entry)
{
    return entry->path ? entry->path : entry->name;
}

long catalog_find(const Catalog *catalog, const char *name)
{
    for (size_t k = 0; k < catalog->count; k++)
        if (strcmp(catalog_source(&catalog->entries[k]), name) == 0)
            return (long)k;
    for (size_t k = 0; k < catalog->count; k++)
        if (strcmp(catalog->entries[k].name, name) == 0)
            return (long)k;
    return -1;
}
