/*
 * font.h — faces by fontconfig, with fallback glyph by glyph; measuring and rendering runs of text.
 *
 * A run is split where the face lacks a glyph: first to the Chinese face of the same weight, then to a face
 * with symbols, then to whatever font of the machine has the character. Sizes are opened on first use and
 * kept. What is not meant to be seen (control characters, broken UTF-8) is shown as a sign for it, never as a
 * box.
 */
#ifndef VIZ_FONT_H
#define VIZ_FONT_H

#include "draw.h"

#include <SDL.h>

typedef struct Fonts Fonts;

/** @param problem set to one line when a face is missing (with the package that has it), else to NULL; it
 * lives as long as the fonts; they still work if any font is found
 *  @return NULL when there is no usable font at all: *problem says so */
Fonts *fonts_open(const char **problem);
void fonts_close(Fonts *fonts);
TextMeasure fonts_measure(Fonts *fonts);
/** The text as alpha (its colours mean nothing), as high as measured and a little wider: ink may hang over
 * the width by which the pen moves on. The caller frees it. NULL when it has no pixels. */
SDL_Surface *fonts_render(Fonts *fonts, Face face, int size, const char *text, size_t length);

#endif
