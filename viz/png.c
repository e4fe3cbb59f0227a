/*
 * png.c — a surface as a PNG file: opaque, lightly compressed (the time matters more than the size).
 *
 * A regular file is written under a temporary name beside the real one and renamed, so that nobody ever sees
 * half a picture. A pipe or device that was named is written to as it is.
 */
#include "paint.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** One line of what went wrong, alive until the next. */
static const char *complain(const char *path, const char *what)
{
    static char line[4300];
    snprintf(line, sizeof line, "cannot write %s: %s", path, what);
    return line;
}

/** Says nothing by itself: png_write() tells what went wrong, once. */
static void give_up(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message)
{
    (void)png, (void)message;
}

static bool write_rows(FILE *file, SDL_Surface *surface)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_init_io(png, file);
    png_set_compression_level(png, 1);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)surface->w, (png_uint_32)surface->h, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_set_filler(png, 0, PNG_FILLER_AFTER); /* ARGB in memory is B, G, R, A: drop A, turn the rest */
    png_set_bgr(png);
    for (int y = 0; y < surface->h; y++)
        png_write_row(png, (png_const_bytep)surface->pixels + (size_t)y * (size_t)surface->pitch);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return true;
}

/* ---------------------------------------------------------------------------------------------- target ----
 */

/** Where the picture goes. */
typedef struct Target {
    FILE *file;
    char path[PATH_MAX];
    char temporary[PATH_MAX + 8]; /* "" when nothing has to be renamed */
} Target;

/** A temporary file gets the rights of the one that it replaces, or those that a new one would have. */
static void set_rights(int descriptor, const struct stat *replaced)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(descriptor, replaced ? replaced->st_mode & 0777 : 0666 & ~mask);
}

/** What is no regular file, and what a link will lead to, is opened as it is. */
static bool is_written_as_it_is(const char *path, bool exists, const struct stat *status)
{
    struct stat link;
    return exists ? !S_ISREG(status->st_mode) : lstat(path, &link) == 0;
}

/** @return a descriptor, or -1 with errno */
static int open_target(Target *target, const char *path)
{
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (is_written_as_it_is(path, exists, &status))
        return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    /* Through a link the file it leads to is replaced, not the link. */
    if (exists && !realpath(path, target->path))
        return -1;
    if (!exists && (size_t)snprintf(target->path, sizeof target->path, "%s", path) >= sizeof target->path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    snprintf(target->temporary, sizeof target->temporary, "%s.XXXXXX", target->path);
    int descriptor = mkostemp(target->temporary, O_CLOEXEC);
    if (descriptor >= 0)
        set_rights(descriptor, exists ? &status : NULL);
    else
        target->temporary[0] = '\0';
    return descriptor;
}

/** Gives the whole picture its name, or takes half a one away. @return false with errno */
static bool close_target(Target *target, bool good)
{
    int error = errno;
    if (fclose(target->file) != 0 && good) {
        error = errno;
        good = false;
    }
    if (good && target->temporary[0] && rename(target->temporary, target->path) != 0) {
        error = errno;
        good = false;
    }
    if (!good && target->temporary[0])
        unlink(target->temporary);
    errno = error;
    return good;
}

const char *png_write(const char *path, SDL_Surface *surface)
{
    Target target = {0};
    int descriptor = open_target(&target, path);
    if (descriptor < 0)
        return complain(path, strerror(errno));
    target.file = fdopen(descriptor, "wb");
    if (!target.file) {
        const char *line = complain(path, strerror(errno));
        close(descriptor);
        if (target.temporary[0])
            unlink(target.temporary);
        return line;
    }
    errno = 0;
    if (close_target(&target, write_rows(target.file, surface)))
        return NULL;
    return complain(path, errno ? strerror(errno) : "libpng failed");
}
