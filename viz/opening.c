/*
 * opening.c — what a word names, and how looprun is asked for it.
 */
#include "opening.h"

#include "ends.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

bool opening_in_c(const Opening *opening)
{
    return !opening->is_module && ends_with(opening->source, ".c");
}

SourceKind opening_kind(const Opening *opening)
{
    const char *source = opening->source;
    struct stat status;
    if (opening->is_module || ends_with(source, ".py") || ends_with(source, ".c"))
        return SOURCE_PROGRAM;
    bool is_file = stat(source, &status) == 0 && !S_ISDIR(status.st_mode);
    if (!strpbrk(source, "/.") && strcmp(source, "-") != 0 && !is_file)
        return SOURCE_LESSON;
    if (!is_file && has_file(source, "__main__.py"))
        return SOURCE_PROGRAM;
    return !is_file && is_lesson(source) ? SOURCE_LESSON : SOURCE_TRACE;
}

const char **opening_words(const Opening *opening, const char *looprun)
{
    const char **argv = calloc(18 + 2 * opening->set_count + opening->argument_count, sizeof *argv);
    size_t count = 0;
    if (!argv)
        return NULL;
    argv[count++] = looprun;
    argv[count++] = "--trace";
    argv[count++] = "-";
    argv[count++] = "--quiet";
    if (opening->variant) {
        argv[count++] = "--variant";
        argv[count++] = opening->variant;
    }
    for (size_t k = 0; k < opening->set_count; k++) {
        argv[count++] = "--set";
        argv[count++] = opening->sets[k];
    }
    if (opening->schedule) {
        argv[count++] = "--schedule";
        argv[count++] = opening->schedule;
    }
    if (opening->python) {
        argv[count++] = "--python";
        argv[count++] = opening->python;
    }
    if (opening->virtual_clock)
        argv[count++] = "--virtual";
    if (opening->is_module)
        argv[count++] = "-m";
    else
        argv[count++] = "--";
    argv[count++] = opening->source;
    if (opening->is_module)
        argv[count++] = "--";
    for (size_t k = 0; k < opening->argument_count; k++)
        argv[count++] = opening->arguments[k];
    return argv;
}
