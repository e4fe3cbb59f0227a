/*
 * A folder with a lesson.c, lesson.jsonl, lesson.py or lesson.json in it is a lesson, whatever it lacks: what
 * is missing is told when it is run. Every other .c or .jsonl in it is a variant. Without a lesson.c or
 * lesson.jsonl, lesson.py is not its listing but the program itself.
 */
#include "shelf.h"

#include "complain.h"
#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    LessonProgram *programs; /* with an empty one at the end; each text is its own */
    size_t count;
} shelf;

static const LessonProgram nothing[1];

static bool take(const char *folder, const char *stem, const char *source)
{
    LessonProgram *grown = realloc(shelf.programs, (shelf.count + 2) * sizeof *grown);
    if (!grown)
        return false;
    shelf.programs = grown;
    LessonProgram *program = &grown[shelf.count];
    *program = (LessonProgram){strdup(folder), strdup(stem), NULL, source ? strdup(source) : NULL};
    grown[++shelf.count] = (LessonProgram){.folder = NULL};
    return program->folder && program->stem && (program->source || !source);
}

/* "as-written.c" → "as-written". @return false when the file's name does not end so */
static bool stem_of(const char *name, const char *suffix, char *stem, size_t size)
{
    size_t length = strlen(name), end = strlen(suffix);
    return length > end && strcmp(name + length - end, suffix) == 0 &&
           snprintf(stem, size, "%.*s", (int)(length - end), name) < (int)size;
}

static bool has_file(const char *folder, const char *name)
{
    char path[PATH_MAX];
    struct stat status;
    return snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path &&
           stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_lesson(const char *folder)
{
    return has_file(folder, "lesson.c") || has_file(folder, "lesson.jsonl") ||
           has_file(folder, "lesson.py") || has_file(folder, "lesson.json");
}

/* The lesson itself stands before its variants. @return false when out of memory */
static bool take_lesson(const char *folder)
{
    struct dirent **files = NULL;
    char source[PATH_MAX + NAME_MAX + 2], stem[NAME_MAX + 1];
    bool in_c_itself = has_file(folder, "lesson.c"),
         played = !in_c_itself && has_file(folder, "lesson.jsonl");
    bool in_python = !in_c_itself && !played && has_file(folder, "lesson.py");
    snprintf(source, sizeof source, "%s/lesson.%s", folder, in_python ? "py" : "c");
    bool taken = take(folder, "lesson", played ? NULL : source);
    int count = scandir(folder, &files, NULL, alphasort);
    for (int k = 0; k < count; k++) {
        const char *name = files[k]->d_name;
        bool in_c = stem_of(name, ".c", stem, sizeof stem);
        if (taken && (in_c || stem_of(name, ".jsonl", stem, sizeof stem)) && strcmp(stem, "lesson") != 0) {
            snprintf(source, sizeof source, "%s/%s", folder, name);
            taken = take(folder, stem, in_c ? source : NULL);
        }
        free(files[k]);
    }
    free(files);
    return taken;
}

bool shelf_has(const char *folder)
{
    return folder[0] == '/';
}

const LessonProgram *shelf_programs(void)
{
    return shelf.programs ? shelf.programs : nothing;
}

const char *shelf_add_lesson(const char *path)
{
    char folder[PATH_MAX];
    if (!realpath(path, folder) || !is_lesson(folder))
        return NULL;
    for (size_t k = 0; k < shelf.count; k++)
        if (strcmp(shelf.programs[k].folder, folder) == 0)
            return shelf.programs[k].folder;
    size_t at = shelf.count;
    if (take_lesson(folder))
        return shelf.programs[at].folder;
    complain("out of memory");
    return NULL;
}

/* One folder of the list: a lesson, or a folder of lessons. */
static bool add_folder(const char *path)
{
    struct dirent **entries = NULL;
    char inner[PATH_MAX];
    if (shelf_add_lesson(path))
        return true;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0) {
        complain("cannot open the folder of lessons %s: %s", path, words_error(errno));
        return false;
    }
    for (int k = 0; k < count; k++) {
        if (entries[k]->d_name[0] != '.' &&
            snprintf(inner, sizeof inner, "%s/%s", path, entries[k]->d_name) < (int)sizeof inner)
            shelf_add_lesson(inner);
        free(entries[k]);
    }
    free(entries);
    return true;
}

bool shelf_add(const char *list)
{
    bool good = true;
    char path[PATH_MAX];
    for (const char *at = list; *at; at += *at == ':') {
        size_t length = strcspn(at, ":");
        if (length > 0 && length < sizeof path) {
            snprintf(path, sizeof path, "%.*s", (int)length, at);
            good = add_folder(path) && good;
        }
        at += length;
    }
    return good;
}

void shelf_free(void)
{
    for (size_t k = 0; k < shelf.count; k++) {
        free((char *)(uintptr_t)shelf.programs[k].folder);
        free((char *)(uintptr_t)shelf.programs[k].stem);
        free((char *)(uintptr_t)shelf.programs[k].source);
    }
    free(shelf.programs);
    shelf.programs = NULL;
    shelf.count = 0;
}

const char *shelf_shown(const char *path)
{
    char here[PATH_MAX];
    size_t length = getcwd(here, sizeof here) ? strlen(here) : 0;
    return length > 1 && strncmp(path, here, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}
