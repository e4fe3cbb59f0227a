/*
 * Walks the table of lesson programs, which is sorted by folder: the programs of one folder stand together.
 */
#include "folder.h"

#include "complain.h"
#include "embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 64 };

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

const char *folder_next(const char *folder)
{
    const LessonProgram *program = lesson_programs;
    if (folder) {
        while (program->folder && strcmp(program->folder, folder) != 0)
            program++;
        while (program->folder && strcmp(program->folder, folder) == 0)
            program++;
    }
    return program->folder;
}

const char *folder_name(const char *folder)
{
    const char *dash = strchr(folder, '-');
    return dash ? dash + 1 : folder;
}

int folder_number(const char *folder)
{
    return (int)strtol(folder, NULL, 10);
}

const char *folder_find(const char *word)
{
    for (const char *folder = folder_next(NULL); folder; folder = folder_next(folder))
        if (strcmp(folder, word) == 0 || strcmp(folder_name(folder), word) == 0 ||
            is_number(word, folder_number(folder)))
            return folder;
    return NULL;
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
    for (const LessonProgram *program = lesson_programs; program->folder; program++)
        if (strcmp(program->folder, folder) == 0 && strcmp(program->stem, stem) == 0)
            return program;
    return NULL;
}

const LessonProgram *folder_next_variant(const char *folder, const LessonProgram *variant)
{
    for (const LessonProgram *program = variant ? variant + 1 : lesson_programs; program->folder; program++)
        if (strcmp(program->folder, folder) == 0 && strcmp(program->stem, "lesson") != 0)
            return program;
    return NULL;
}

const char *folder_text(const char *folder, const char *file)
{
    char path[256];
    snprintf(path, sizeof path, "lessons/%s/%s", folder, file);
    const Embedded *found = embedded_find(path);
    return found ? found->data : NULL;
}

cJSON *folder_json(const char *folder)
{
    const char *text = folder_text(folder, "lesson.json");
    if (!text) {
        complain("lessons/%s has no lesson.json", folder);
        return NULL;
    }
    const char *at = NULL;
    cJSON *json = cJSON_ParseWithOpts(text, &at, true);
    if (!cJSON_IsObject(json)) {
        int line = 1;
        for (const char *c = text; c < at; c++)
            line += *c == '\n';
        complain("lessons/%s/lesson.json: no valid JSON object, line %d", folder, line);
        cJSON_Delete(json);
        return NULL;
    }
    return json;
}
