/*
 * paint.h — a display list onto an SDL renderer. Knows no tasks.
 */
#ifndef VIZ_PAINT_H
#define VIZ_PAINT_H

#include "draw.h"
#include "font.h"
#include "theme.h"

typedef struct Painter Painter;

/** @param renderer, fonts borrowed; they outlive the painter */
Painter *painter_new(SDL_Renderer *renderer, Fonts *fonts);
void painter_free(Painter *painter);
/** Paints the whole list, on COLOR_BACKGROUND; does not present. */
void painter_paint(Painter *painter, const DrawList *list, const Rgb *colors);
/** Paints what of it lies in a rectangle; every pixel around it stays. */
void painter_paint_part(Painter *painter, const DrawList *list, const Rgb *colors, Rect part);
/**
 * Makes ready what painting the list would need, from command *at on, for `seconds` at most: nothing is
 * painted, but painting it later is quick.
 * @return true when all is ready
 */
bool painter_prepare(Painter *painter, const DrawList *list, const Rgb *colors, size_t *at, double seconds);

/** Paints into a picture of its own (a software renderer, no display needed). The caller frees it. */
SDL_Surface *paint_picture(const DrawList *list, const Rgb *colors, Fonts *fonts, int width, int height);
/** Writes a PNG under a temporary name and renames it. @return NULL, or one line of what went wrong */
const char *png_write(const char *path, SDL_Surface *surface);

#endif
