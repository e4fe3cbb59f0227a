/*
 * The files of our lessons are part of looprun, so that these run wherever they are installed. A lesson of
 * one's own has them in its folder, and a single program where it is run.
 */
#include "file.h"

#include "embedded.h"
#include "lesson.h"
#include "shelf.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { STEP = 65536 };

static const char *lesson_folder;

static Value missing(const char *name, int error)
{
    return value_os_error(error, text_format("%s: '%s'", strerror(error), name));
}

/* All that can be read. @return NULL with errno */
static char *read_file(FILE *file, size_t *size)
{
    char *bytes = NULL;
    for (size_t count = STEP; count == STEP;) {
        char *grown = realloc(bytes, *size + STEP);
        if (!grown) {
            free(bytes);
            return NULL;
        }
        bytes = grown;
        count = fread(bytes + *size, 1, STEP, file);
        *size += count;
    }
    if (!ferror(file))
        return bytes;
    free(bytes);
    return NULL;
}

void files_of(const char *folder)
{
    lesson_folder = folder;
}

Value lesson_file(const char *name)
{
    char path[PATH_MAX];
    size_t size = 0;
    bool ours = lesson_folder && !shelf_has(lesson_folder);
    snprintf(path, sizeof path, "%s%s%s%s", ours ? "lessons/" : "", lesson_folder ? lesson_folder : "",
             lesson_folder ? "/" : "", name);
    if (ours) {
        const Embedded *found = embedded_find(path);
        return found ? value_bytes(found->data, found->size) : missing(name, ENOENT);
    }
    FILE *file = fopen(path, "rbe");
    if (!file)
        return missing(name, errno);
    char *bytes = read_file(file, &size);
    Value value = bytes ? value_bytes(bytes, size) : missing(name, errno);
    free(bytes);
    fclose(file);
    return value;
}
