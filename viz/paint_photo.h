/*
 * paint_photo.h — a program's picture (picture.h) as a surface of the size in which it is shown.
 */
#ifndef VIZ_PAINT_PHOTO_H
#define VIZ_PAINT_PHOTO_H

#include <SDL.h>
#include <stddef.h>

/**
 * Decodes a PNG file and scales it: each pixel is the mean of what it covers.
 * @param data base64
 * @param w, h pixels
 * @return the caller's to free; NULL when it cannot be shown (picture_look), is damaged inside, or memory is
 * out
 */
SDL_Surface *photo_surface(const char *data, size_t length, int w, int h);

#endif
