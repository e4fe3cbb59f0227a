/*
 * paint_shape.h — anti-aliased shapes as small surfaces: the pixels of the stamps.
 *
 * Coverage is computed from the distance to the shape's edge, so a shape is as smooth as its text.
 */
#ifndef VIZ_PAINT_SHAPE_H
#define VIZ_PAINT_SHAPE_H

#include <SDL.h>

/** The kinds of stamps that are shapes; texts have a kind of their own. */
typedef enum Shape {
    SHAPE_TEXT = 1, /* a face · b size */
    SHAPE_DISC,     /* the four corners of a filled rectangle. a: radius */
    SHAPE_RING,     /* the four corners of a frame. a: radius, b: width */
    SHAPE_STRIPES,  /* a × b px, from the rectangle's origin. c: radius of the corners, d: 1 left 2 right 3
                       both;  then b's upper half is the phase */
    SHAPE_LINE,     /* a, b: the vector · c: width */
    SHAPE_CURVE,    /* the same */
    SHAPE_TRIANGLE, /* a × b px. c: turn */
    SHAPE_PHOTO,    /* a × b px; the text is the picture's data (paint_photo.h) */
} Shape;

/** How far a line's or a curve's surface reaches beyond its end points. */
int shape_margin(int width);
/** Period of the stripes of a rectangle of that height. */
int shape_period(int height);

SDL_Surface *shape_disc(uint32_t rgb, int radius);
SDL_Surface *shape_ring(uint32_t rgb, int radius, int width);
/** A window of w × h px into the striped rectangle, `phase` px from its left edge. */
SDL_Surface *shape_stripes(uint32_t rgb, int w, int h, int phase, int radius, int sides);
SDL_Surface *shape_line(uint32_t rgb, int dx, int dy, int width);
SDL_Surface *shape_curve(uint32_t rgb, int dx, int dy, int width);
SDL_Surface *shape_triangle(uint32_t rgb, int w, int h, int turn);

#endif
