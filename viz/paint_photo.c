/*
 * paint_photo.c — from a PNG file's bytes to a surface, by libpng's simple interface.
 *
 * The bytes come from a trace, so from anywhere: what is too large or cut is turned away before a pixel is
 * asked for, and what libpng finds wrong inside gives no picture.
 */
#include "paint_photo.h"

#include "picture.h"

#include <png.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* @return the pixels, four bytes each: blue, green, red, opacity; NULL when it is damaged */
static unsigned char *decode(const unsigned char *bytes, size_t count, PictureLook look)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    unsigned char *pixels = NULL;
    if (!png_image_begin_read_from_memory(&image, bytes, count))
        return NULL;
    image.format = PNG_FORMAT_BGRA;
    bool good = image.width == look.width && image.height == look.height;
    if (good)
        pixels = calloc((size_t)look.width * look.height, 4);
    if (pixels && !png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
        free(pixels);
        pixels = NULL;
    }
    png_image_free(&image);
    return pixels;
}

/* How much of pixel k lies between the two, when a pixel is `size` wide. */
static uint64_t share(uint64_t k, uint64_t size, uint64_t first, uint64_t last)
{
    uint64_t from = k * size > first ? k * size : first, to = (k + 1) * size < last ? (k + 1) * size : last;
    return to - from;
}

/* The mean of what pixel (x, y) of w × h covers, each pixel counted by its share and its opacity. Lengths are
 * in such units that a pixel of the file is w wide and h high: so the edges of both are whole numbers. */
static void mean(const unsigned char *pixels, PictureLook look, int w, int h, int x, int y, unsigned char *to)
{
    uint64_t wide = (uint64_t)w, high = (uint64_t)h, all = (uint64_t)look.width * look.height;
    uint64_t sum[3] = {0}, opacity = 0;
    uint64_t left = (uint64_t)x * look.width, right = left + look.width;
    uint64_t top = (uint64_t)y * look.height, low = top + look.height;
    for (uint64_t row = top / high; row * high < low; row++)
        for (uint64_t column = left / wide; column * wide < right; column++) {
            const unsigned char *pixel = pixels + (row * look.width + column) * 4;
            uint64_t weight = share(row, high, top, low) * share(column, wide, left, right);
            opacity += weight * pixel[3];
            for (int c = 0; c < 3; c++)
                sum[c] += weight * pixel[3] * pixel[c];
        }
    for (int c = 0; c < 3; c++)
        to[c] = opacity ? (unsigned char)((sum[c] + opacity / 2) / opacity) : 0;
    to[3] = (unsigned char)((opacity + all / 2) / all);
}

static SDL_Surface *scale(const unsigned char *pixels, PictureLook look, int w, int h)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
    for (int row = 0; surface && row < h; row++) {
        unsigned char *to = (unsigned char *)surface->pixels + (size_t)row * (size_t)surface->pitch;
        for (int column = 0; column < w; column++) {
            unsigned char pixel[4];
            mean(pixels, look, w, h, column, row, pixel);
            uint32_t argb =
                (uint32_t)pixel[3] << 24 | (uint32_t)pixel[2] << 16 | (uint32_t)pixel[1] << 8 | pixel[0];
            memcpy(to + (size_t)column * 4, &argb, 4);
        }
    }
    return surface;
}

SDL_Surface *photo_surface(const char *data, size_t length, int w, int h)
{
    PictureLook look = picture_look(data);
    if (look.fault != PICTURE_GOOD || w <= 0 || h <= 0)
        return NULL;
    unsigned char *bytes = malloc(look.bytes);
    if (bytes)
        picture_decode(data, length, bytes);
    unsigned char *pixels = bytes ? decode(bytes, look.bytes, look) : NULL;
    SDL_Surface *surface = pixels ? scale(pixels, look, w, h) : NULL;
    free(pixels);
    free(bytes);
    return surface;
}
