/*
 * font.h — faces by fontconfig, with fallback glyph by glyph; measuring and rendering runs of text.
 *
 * A run is split where the face lacks a glyph and the Chinese face of the same weight has it. Sizes are opened
 * on first use and kept.
 */
#ifndef VIZ_FONT_H
#define VIZ_FONT_H

#include "draw.h"

#include <SDL.h>

typedef struct Fonts Fonts;

/** @param problem set to one line when a face is missing (with the package that has it); fonts still work if any is found
 *  @return NULL when there is no usable font at all */
Fonts *fonts_open(const char **problem);
void fonts_close(Fonts *fonts);
TextMeasure fonts_measure(Fonts *fonts);
/** White text on transparent ground, w × h the measured size. The caller frees it. */
SDL_Surface *fonts_render(Fonts *fonts, Face face, int size, const char *text, size_t length);

#endif
