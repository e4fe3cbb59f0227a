/*
 * png.c — a surface as a PNG file: opaque, lightly compressed (the time matters more than the size), written
 * under a temporary name beside the target and renamed, so that nobody ever sees half a picture.
 */
#include "paint.h"

#include <errno.h>
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

const char *png_write(const char *path, SDL_Surface *surface)
{
    char temporary[4200];
    if ((size_t)snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= sizeof temporary)
        return complain(path, strerror(ENAMETOOLONG));
    int descriptor = mkstemp(temporary);
    if (descriptor < 0)
        return complain(path, strerror(errno));
    FILE *file = fdopen(descriptor, "wb");
    if (!file) {
        const char *line = complain(path, strerror(errno));
        close(descriptor);
        unlink(temporary);
        return line;
    }
    fchmod(descriptor, 0644);
    errno = 0;
    bool good = write_rows(file, surface);
    int error = errno;
    if (fclose(file) != 0 || !good)
        error = error ? error : errno;
    else if (rename(temporary, path) == 0)
        return NULL;
    else
        error = errno;
    const char *line = complain(path, error ? strerror(error) : "libpng failed");
    unlink(temporary);
    return line;
}
