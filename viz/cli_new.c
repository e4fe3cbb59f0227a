/*
 * cli_new.c — `loopglass new NAME`: a folder with a lesson to start from. It runs as it is, and in C it does
 * what it does in Python.
 */
#include "cli.h"
#include "embedded.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const files[] = {"lesson.c", "lesson.py", "lesson.json"};

enum { FILES = sizeof files / sizeof *files };

/** A name that can be typed as it is, and cannot be taken for a path, a program or an option. */
static bool is_name(const char *name)
{
    bool good = *name && *name != '-' && strlen(name) < 64;
    for (const char *c = name; *c; c++)
        good = good && (isalnum((unsigned char)*c) || *c == '-' || *c == '_' || ((unsigned char)*c & 0x80));
    return good;
}

/** Writes a text with the lesson's name in it. The file must not be there yet. @return false with errno */
static bool write_file(const char *path, const char *text, const char *name)
{
    static const char hole[] = "NAME";
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    for (const char *at = strstr(text, hole); at; at = strstr(text, hole)) {
        fprintf(file, "%.*s%s", (int)(at - text), text, name);
        text = at + strlen(hole);
    }
    fputs(text, file);
    bool written = !ferror(file);
    return fclose(file) == 0 && written;
}

/** What to do next, on stdout. */
static int tell(const char *folder, bool here, Language language)
{
    const char *text = lang_text(language, "new.done");
    for (const char *at = strstr(text, "{folder}"); at; at = strstr(text, "{folder}")) {
        printf("%.*s%s%s", (int)(at - text), text, here ? "./" : "", folder);
        text = at + strlen("{folder}");
    }
    puts(text);
    return cli_finish();
}

int cli_new(int argc, char **argv)
{
    Options options;
    char folder[PATH_MAX], path[PATH_MAX + 16], asset[64];
    if (!options_read(&options, argc, argv, OPTS_NEW))
        return CLI_USAGE;
    const char *name = options.rest_count == 1 ? options.rest[0] : "";
    if (options.rest_count != 1) {
        complain("usage: loopglass new NAME [--lessons DIR]");
        return CLI_USAGE;
    }
    if (!is_name(name)) {
        complain("a lesson's name is made of letters, digits, - and _, and '%s' is not; a folder goes with "
                 "--lessons",
                 name);
        return CLI_USAGE;
    }
    const char *shelf = options.lessons;
    if (snprintf(folder, sizeof folder, "%s%s%s", shelf ? shelf : "", shelf ? "/" : "", name) >=
        (int)sizeof folder) {
        complain("the path of %s is too long", name);
        return CLI_USAGE;
    }
    if ((shelf && mkdir(shelf, 0777) != 0 && errno != EEXIST) || mkdir(folder, 0777) != 0) {
        bool there = errno == EEXIST;
        complain("cannot make %s: %s%s", folder, strerror(errno),
                 there ? "; nothing was changed, choose another name" : "");
        return there ? CLI_USAGE : CLI_UNREADABLE;
    }
    for (size_t k = 0; k < FILES; k++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[k]);
        snprintf(asset, sizeof asset, "assets/new/%s", files[k]);
        const Embedded *file = embedded_find(asset);
        if (!file || !write_file(path, file->data, name)) {
            complain("cannot write %s: %s", path, strerror(errno));
            return CLI_UNREADABLE;
        }
    }
    return tell(folder, !shelf, options.view.language);
}
