/*
 * landscape.h — three small landscapes that belong together: sun, boat, hill. A lesson downloads them.
 */
#ifndef LANDSCAPE_H
#define LANDSCAPE_H

enum { LANDSCAPE_WIDTH = 320, LANDSCAPE_HEIGHT = 200, LANDSCAPES = 3 };

extern const char *const landscape_names[LANDSCAPES];

/** Draws number k: three bytes a pixel, red, green, blue, row by row. The same on every machine. */
void landscape_draw(int k, unsigned char *pixels);

#endif
