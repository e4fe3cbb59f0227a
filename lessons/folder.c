/*
 * Walks the tables of lesson programs, which are sorted by folder: the programs of one folder stand together.
 */
#include "folder.h"

#include "complain.h"
#include "embedded.h"
#include "shelf.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 64, FIRST_OWN = 101 };

/* What was read of one's own lessons, until the end. */
static struct Text {
    struct Text *next;
    char *path;
    char *data;
} * texts;

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein's distance: how many letters to change, put in or leave out. */
static size_t distance(const char *from, const char *to)
{
    size_t row[LONGEST_WORD + 1];
    size_t width = strnlen(to, LONGEST_WORD);
    for (size_t k = 0; k <= width; k++)
        row[k] = k;
    for (size_t line = 1; from[line - 1]; line++) {
        size_t diagonal = row[0];
        row[0] = line;
        for (size_t k = 1; k <= width; k++) {
            size_t above = row[k];
            row[k] = smallest(above + 1, row[k - 1] + 1, diagonal + (from[line - 1] != to[k - 1]));
            diagonal = above;
        }
    }
    return row[width];
}

static bool is_number(const char *word, int number)
{
    char *end;
    long value = strtol(word, &end, 10);
    return end != word && *end == '\0' && value == number;
}

/* The table in which the folder stands. */
static const LessonProgram *table_of(const char *folder)
{
    return shelf_has(folder) ? shelf_programs() : lesson_programs;
}

const char *folder_next(const char *folder)
{
    const LessonProgram *program = lesson_programs;
    if (folder) {
        program = table_of(folder);
        while (program->folder && strcmp(program->folder, folder) != 0)
            program++;
        while (program->folder && strcmp(program->folder, folder) == 0)
            program++;
    }
    if (!program->folder && (!folder || !shelf_has(folder)))
        program = shelf_programs();
    return program->folder;
}

const char *folder_name(const char *folder)
{
    const char *slash = strrchr(folder, '/'), *name = slash ? slash + 1 : folder;
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && name[digits] == '-' && name[digits + 1] ? name + digits + 1 : name;
}

int folder_number(const char *folder)
{
    int number = FIRST_OWN;
    if (!shelf_has(folder))
        return (int)strtol(folder, NULL, 10);
    for (const char *own = shelf_programs()->folder; own && strcmp(own, folder) != 0; own = folder_next(own))
        number++;
    return number;
}

static bool is_called(const char *folder, const char *word)
{
    const char *slash = strrchr(folder, '/');
    return strcmp(slash ? slash + 1 : folder, word) == 0 || strcmp(folder_name(folder), word) == 0 ||
           is_number(word, folder_number(folder));
}

const char *folder_find(const char *word)
{
    if (strchr(word, '/'))
        return shelf_add_lesson(word);
    for (const char *folder = shelf_programs()->folder; folder; folder = folder_next(folder))
        if (is_called(folder, word))
            return folder;
    for (const char *folder = folder_next(NULL); folder; folder = folder_next(folder))
        if (is_called(folder, word))
            return folder;
    return shelf_add_lesson(word); /* here, without its path */
}

const char *folder_nearest(const char *word)
{
    const char *nearest = NULL;
    size_t least = 2 + strlen(word) / 3; /* from here on it is another word */
    for (const char *folder = folder_next(NULL); folder; folder = folder_next(folder)) {
        /* A part of the name is nearer than any other word. */
        const char *name = folder_name(folder);
        size_t away = strlen(word) > 2 && strstr(name, word) ? 0 : 1 + distance(word, name);
        if (away < least) {
            least = away;
            nearest = folder;
        }
    }
    return nearest;
}

const LessonProgram *folder_program(const char *folder, const char *variant)
{
    const char *stem = variant ? variant : "lesson";
    for (const LessonProgram *program = table_of(folder); program->folder; program++)
        if (strcmp(program->folder, folder) == 0 && strcmp(program->stem, stem) == 0)
            return program;
    return NULL;
}

const LessonProgram *folder_next_variant(const char *folder, const LessonProgram *variant)
{
    for (const LessonProgram *program = variant ? variant + 1 : table_of(folder); program->folder; program++)
        if (strcmp(program->folder, folder) == 0 && strcmp(program->stem, "lesson") != 0)
            return program;
    return NULL;
}

/* Of a file on the disk. @return NULL when it cannot be read */
static const char *read_text(const char *path)
{
    for (const struct Text *text = texts; text; text = text->next)
        if (strcmp(text->path, path) == 0)
            return text->data;
    FILE *file = fopen(path, "re");
    struct Text *text = file ? calloc(1, sizeof *text) : NULL;
    size_t size = 0;
    if (text) {
        if (getdelim(&text->data, &size, '\0', file) < 0 && !text->data)
            text->data = strdup("");
        text->path = strdup(path);
        text->next = texts;
        texts = text;
    }
    if (file)
        fclose(file);
    return text && text->path ? text->data : NULL;
}

const char *folder_text(const char *folder, const char *file)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s%s/%s", shelf_has(folder) ? "" : "lessons/", folder, file);
    if (shelf_has(folder))
        return read_text(path);
    const Embedded *found = embedded_find(path);
    return found ? found->data : NULL;
}

bool folder_fill_in(cJSON *json, const char *folder)
{
    static const char *const languages[] = {"zh", "en"}, *const groups[] = {"自己的课程", "Your own lessons"};
    static const char *const keys[] = {"group", "title"};
    bool made = true;
    for (size_t k = 0; k < 2; k++) {
        bool missing = !cJSON_GetObjectItem(json, keys[k]);
        cJSON *texts_of = missing ? cJSON_AddObjectToObject(json, keys[k]) : NULL;
        for (size_t n = 0; made && missing && n < 2; n++)
            made = cJSON_AddStringToObject(texts_of, languages[n], k == 0 ? groups[n] : folder_name(folder));
    }
    return made;
}

cJSON *folder_json(const char *folder)
{
    const char *text = folder_text(folder, "lesson.json"), *at = NULL;
    if (!text && !shelf_has(folder)) {
        complain("lessons/%s has no lesson.json", folder);
        return NULL;
    }
    cJSON *json = text ? cJSON_ParseWithOpts(text, &at, true) : cJSON_CreateObject();
    if (!cJSON_IsObject(json)) {
        int line = 1;
        for (const char *c = text; c && c < at; c++)
            line += *c == '\n';
        complain("%s%s/lesson.json:%d: this is no valid JSON object", shelf_has(folder) ? "" : "lessons/",
                 shelf_shown(folder), line);
        cJSON_Delete(json);
        return NULL;
    }
    if (!shelf_has(folder) || folder_fill_in(json, folder))
        return json;
    complain("out of memory");
    cJSON_Delete(json);
    return NULL;
}

void folder_free(void)
{
    while (texts) {
        struct Text *next = texts->next;
        free(texts->path);
        free(texts->data);
        free(texts);
        texts = next;
    }
    shelf_free();
}
