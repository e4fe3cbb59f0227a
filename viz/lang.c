/*
 * The words, read once from the embedded assets/lang.json into a table sorted by key: after that a look-up is
 * a binary search, and the texts stay where they are until the program ends. One thread uses them.
 */
#include "lang.h"

#include "embedded.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

typedef struct Entry {
    const char *key;
    const char *text[LANGUAGES];
} Entry;

static const char *const codes[LANGUAGES] = {"zh", "en"};

static cJSON *document; /* owns every text in the table */
static Entry *entries;
static size_t entry_count;

static int by_key(const void *a, const void *b)
{
    return strcmp(((const Entry *)a)->key, ((const Entry *)b)->key);
}

/** Fills the table; with no memory it stays empty, and the next look-up tries again. */
static void load(void)
{
    const Embedded *file = embedded_find("assets/lang.json");
    if (!file)
        return;
    cJSON *parsed = cJSON_ParseWithLength(file->data, file->size);
    size_t count = (size_t)cJSON_GetArraySize(parsed);
    Entry *table = count > 0 ? calloc(count, sizeof *table) : NULL;
    if (!table) {
        cJSON_Delete(parsed);
        return;
    }
    size_t filled = 0;
    for (const cJSON *item = parsed->child; item && filled < count; item = item->next) {
        Entry *entry = &table[filled++];
        entry->key = item->string;
        for (int k = 0; k < LANGUAGES; k++)
            entry->text[k] = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, codes[k]));
    }
    qsort(table, filled, sizeof *table, by_key);
    document = parsed;
    entries = table;
    entry_count = filled;
}

static const Entry *find(const char *key)
{
    if (!document)
        load();
    const Entry wanted = {.key = key};
    return entry_count > 0 ? bsearch(&wanted, entries, entry_count, sizeof *entries, by_key) : NULL;
}

const char *lang_text(Language language, const char *key)
{
    const Entry *entry = find(key);
    return entry && entry->text[language] ? entry->text[language] : key;
}

bool lang_has(const char *key)
{
    return find(key) != NULL;
}

size_t lang_count(void)
{
    if (!document)
        load();
    return entry_count;
}

const char *lang_key(size_t index)
{
    return index < lang_count() ? entries[index].key : NULL;
}

Language lang_of_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const char *value = getenv(names[k]);
        if (value && *value)
            return strncmp(value, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
    }
    return LANG_EN;
}
