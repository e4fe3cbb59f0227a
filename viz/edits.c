/*
 * edits.c — inotify on one folder.
 */
#include "edits.h"

#include "ends.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

struct Edits {
    int fd;
    int watch;           /* -1: none */
    char path[PATH_MAX]; /* as it was given, "": none */
    char name[NAME_MAX + 1];
};

bool edits_matters(const char *program, const char *name)
{
    static const char *const kinds[] = {".c", ".py", ".json"};
    const char *dot = strrchr(program, '.');
    size_t stem = dot ? (size_t)(dot - program) : strlen(program);
    if (strcmp(program, name) == 0)
        return true;
    if (name[0] == '.' || !dot)
        return false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (strncmp(name, program, stem) == 0 && strcmp(name + stem, kinds[k]) == 0)
            return true;
    bool is_lesson = strncmp(program, "lesson.", 7) == 0;
    return ends_with(name, ".h") || (ends_with(program, ".py") && ends_with(name, ".py")) ||
           (is_lesson && (ends_with(name, ".c") || ends_with(name, ".py")));
}

Edits *edits_new(void)
{
    Edits *edits = calloc(1, sizeof *edits);
    if (!edits)
        return NULL;
    edits->watch = -1;
    edits->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (edits->fd >= 0)
        return edits;
    free(edits);
    return NULL;
}

void edits_free(Edits *edits)
{
    if (edits)
        close(edits->fd);
    free(edits);
}

void edits_follow(Edits *edits, const char *path)
{
    struct stat status;
    char folder[PATH_MAX];
    path = path ? path : "";
    if (strcmp(edits->path, path) == 0)
        return;
    if (edits->watch >= 0)
        inotify_rm_watch(edits->fd, edits->watch);
    edits->watch = -1;
    snprintf(edits->path, sizeof edits->path, "%s", path);
    if (!*path)
        return;
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode); /* of a Python program */
    const char *slash = strrchr(path, '/');
    snprintf(edits->name, sizeof edits->name, "%s", is_folder ? "__main__.py" : slash ? slash + 1 : path);
    if (is_folder)
        snprintf(folder, sizeof folder, "%s", path);
    else
        snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    edits->watch = inotify_add_watch(edits->fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR);
}

int edits_descriptor(const Edits *edits)
{
    return edits->fd;
}

bool edits_take(Edits *edits)
{
    _Alignas(struct inotify_event) char buffer[4096];
    bool matters = false;
    ssize_t n;
    while ((n = read(edits->fd, buffer, sizeof buffer)) > 0)
        for (const char *at = buffer; at < buffer + n;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)at;
            if (event->wd == edits->watch && event->len > 0)
                matters = matters || edits_matters(edits->name, event->name);
            at += sizeof *event + event->len;
        }
    return matters;
}
