/*
 * Several looprun may share the cache at any time: everything in it appears under its name by a rename, whole
 * or not at all, and nothing is changed afterwards.
 */
#include "cache.h"

#include "complain.h"
#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const time_t month = (time_t)30 * 24 * 60 * 60;

static struct {
    char path[PATH_MAX - 64];
    bool temporary;
} folder;

uint64_t cache_hash(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    for (size_t k = 0; k < size; k++)
        hash = (hash ^ at[k]) * UINT64_C(0x100000001b3);
    return hash;
}

/* ------------------------------------------------------------------------------------------- folders ---- */

/* Its parents too; only the last one is for its owner alone. @return false with errno */
static bool make_folder(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int made = mkdir(path, 0777);
        *slash = '/';
        if (made != 0 && errno != EEXIST)
            return false;
    }
    return (mkdir(path, 0700) == 0 || errno == EEXIST) && access(path, W_OK | X_OK) == 0;
}

/* Takes away a folder and what is in it: files, and folders of files. */
static void remove_folder(const char *path)
{
    DIR *entries = opendir(path);
    for (struct dirent *entry = entries ? readdir(entries) : NULL; entry; entry = readdir(entries)) {
        char inner[PATH_MAX + NAME_MAX];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && unlinkat(dirfd(entries), entry->d_name, 0) != 0)
            remove_folder(inner);
    }
    if (entries)
        closedir(entries);
    rmdir(path);
}

/* Takes away what was not used for a month; also what a looprun that was killed has left. */
static void clean(void)
{
    DIR *entries = opendir(folder.path);
    time_t now = time(NULL);
    for (struct dirent *entry = entries ? readdir(entries) : NULL; entry; entry = readdir(entries)) {
        struct stat status;
        char path[PATH_MAX + NAME_MAX];
        if (entry->d_name[0] == '.' ||
            fstatat(dirfd(entries), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
            now - status.st_mtime < month)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder.path, entry->d_name);
        if (S_ISDIR(status.st_mode))
            remove_folder(path);
        else
            unlink(path);
    }
    if (entries)
        closedir(entries);
}

/* @return false with errno */
static bool find_folder(void)
{
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    bool given = base && *base == '/'; /* as its specification has it: no other path counts */
    if (!given && (!home || !*home)) {
        errno = ENOENT;
        return false;
    }
    int length = snprintf(folder.path, sizeof folder.path, "%s%s/loopglass", given ? base : home,
                          given ? "" : "/.cache");
    if (length < (int)sizeof folder.path)
        return make_folder(folder.path);
    errno = ENAMETOOLONG;
    return false;
}

const char *cache_folder(void)
{
    if (folder.path[0])
        return folder.path;
    if (find_folder()) {
        clean();
        return folder.path;
    }
    const char *base = getenv("TMPDIR");
    int problem = errno;
    if (folder.path[0])
        complain("the cache %s cannot be written (%s): what is compiled is not kept", folder.path,
                 words_error(problem));
    snprintf(folder.path, sizeof folder.path, "%.3800s/loopglass-XXXXXX", base && *base ? base : "/tmp");
    folder.temporary = mkdtemp(folder.path) != NULL;
    if (folder.temporary)
        return folder.path;
    complain("there is no place for what is compiled: %s: %s; set XDG_CACHE_HOME or TMPDIR", folder.path,
             words_error(errno));
    folder.path[0] = '\0';
    return NULL;
}

bool cache_is_temporary(void)
{
    return folder.temporary;
}

void cache_close(void)
{
    if (folder.temporary)
        remove_folder(folder.path);
    folder.temporary = false;
    folder.path[0] = '\0';
}

/* --------------------------------------------------------------------------------------------- files ---- */

char *cache_path(uint64_t hash, const char *suffix)
{
    char *path = NULL;
    return asprintf(&path, "%s/%016llx%s", folder.path, (unsigned long long)hash, suffix) < 0 ? NULL : path;
}

bool cache_has(const char *path)
{
    return utimensat(AT_FDCWD, path, NULL, 0) == 0;
}

bool cache_write(const char *path, const void *bytes, size_t size)
{
    char temporary[PATH_MAX];
    if (snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= (int)sizeof temporary) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = mkstemp(temporary);
    if (fd < 0)
        return false;
    const char *at = bytes;
    ssize_t written = 0;
    for (size_t left = size; left > 0 && written >= 0; left -= (size_t)written, at += written)
        written = write(fd, at, left);
    bool whole = close(fd) == 0 && written >= 0;
    if (whole && rename(temporary, path) == 0)
        return true;
    int problem = errno;
    unlink(temporary);
    errno = problem;
    return false;
}
