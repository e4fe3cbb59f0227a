/*
 * A regular file is written under a temporary name beside the real one and renamed at the end: whoever opens
 * the real name finds a whole trace or none. A pipe or device that was named is written to as it is.
 */
#include "tracefile.h"

#include "complain.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    int fd;
    char path[PATH_MAX];
    char temporary[PATH_MAX + 8]; /* "" when nothing has to be renamed */
} file = {.fd = -1};

static int fail(const char *path)
{
    complain("cannot write the trace to %s: %s", path, words_error(errno));
    return -1;
}

/* A temporary file gets the rights that the named one would have had. */
static void set_rights(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(fd, 0666 & ~mask);
}

int tracefile_open(const char *path)
{
    struct stat status;
    if (strcmp(path, "-") == 0) {
        file.fd = dup(STDOUT_FILENO);
        return file.fd < 0 ? fail("stdout") : file.fd;
    }
    bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        file.fd = open(path, O_WRONLY | O_CLOEXEC);
        return file.fd < 0 ? fail(path) : file.fd;
    }
    /* Through a link the file it leads to is replaced, not the link. */
    if (!(exists ? realpath(path, file.path) != NULL
                 : snprintf(file.path, sizeof file.path, "%s", path) < (int)sizeof file.path))
        return fail(path);
    snprintf(file.temporary, sizeof file.temporary, "%s.XXXXXX", file.path);
    file.fd = mkstemp(file.temporary);
    if (file.fd < 0) {
        file.temporary[0] = '\0';
        return fail(path);
    }
    set_rights(file.fd);
    return file.fd;
}

const char *tracefile_unfinished(void)
{
    return file.temporary[0] ? file.temporary : NULL;
}

void tracefile_abandon(void)
{
    if (file.fd >= 0)
        close(file.fd);
    file.fd = -1;
    if (file.temporary[0])
        unlink(file.temporary);
    file.temporary[0] = '\0';
}

bool tracefile_finish(void)
{
    bool whole = file.fd < 0 || close(file.fd) == 0;
    file.fd = -1;
    if (whole && file.temporary[0])
        whole = rename(file.temporary, file.path) == 0;
    if (!whole)
        complain("cannot write the trace to %s: %s", file.path, words_error(errno));
    else
        file.temporary[0] = '\0';
    return whole;
}
