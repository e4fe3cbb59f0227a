/*
 * paint_shape.c — coverage from distance: a pixel whose middle lies d px inside an edge is covered by d + ½,
 * between 0 and 1. Exact enough for straight edges and for round ones of more than a pixel.
 */
#include "paint_shape.h"

#include <math.h>
#include <stdlib.h>

/* The look of waiting: stripes on a light ground of the same colour, as parts of 255. */
enum { GROUND = 56, STRIPE = 134, CURVE_STEPS = 48 };

static double clamp01(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

static SDL_Surface *blank(int w, int h)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
    return surface;
}

static uint32_t *pixel(SDL_Surface *surface, int x, int y)
{
    return (uint32_t *)((char *)surface->pixels + (size_t)y * (size_t)surface->pitch) + x;
}

static uint32_t argb(uint32_t rgb, double coverage)
{
    return (uint32_t)(255 * clamp01(coverage) + 0.5) << 24 | rgb;
}

/** Coverage of a disc of that radius around (0, 0). */
static double disc(double x, double y, double radius)
{
    return clamp01(radius - sqrt(x * x + y * y) + 0.5);
}

int shape_margin(int width)
{
    return width / 2 + 2;
}

int shape_period(int height)
{
    int period = (height * 3 / 5) & ~1;
    return period < 8 ? 8 : period > 28 ? 28 : period;
}

SDL_Surface *shape_disc(uint32_t rgb, int radius)
{
    SDL_Surface *surface = blank(2 * radius, 2 * radius);
    for (int y = 0; surface && y < 2 * radius; y++)
        for (int x = 0; x < 2 * radius; x++)
            *pixel(surface, x, y) = argb(rgb, disc(x + 0.5 - radius, y + 0.5 - radius, radius));
    return surface;
}

SDL_Surface *shape_ring(uint32_t rgb, int radius, int width)
{
    int cell = radius > width ? radius : width; /* a corner's square */
    SDL_Surface *surface = blank(2 * cell, 2 * cell);
    for (int y = 0; surface && y < 2 * cell; y++) {
        for (int x = 0; x < 2 * cell; x++) {
            /* measured from the outer edge, so that all four corners are one case */
            double ex = x < cell ? x + 0.5 : 2 * cell - x - 0.5;
            double ey = y < cell ? y + 0.5 : 2 * cell - y - 0.5;
            double outer = ex < radius && ey < radius ? disc(radius - ex, radius - ey, radius) : 1;
            double inner = 0;
            if (radius > width && ex < radius && ey < radius)
                inner = disc(radius - ex, radius - ey, radius - width);
            *pixel(surface, x, y) = argb(rgb, outer - inner);
        }
    }
    return surface;
}

/** Coverage of the stripes at a point: 45°, rising, half of the period. */
static double stripes(double x, double y, int period)
{
    double along = fmod(x + y, period);
    double edge = along < period / 2.0 ? along : period - along; /* px from the nearest border of a stripe */
    double inside = edge < period / 4.0 ? -1 : 1;
    double distance = fabs(edge - period / 4.0) * 0.7071;
    return clamp01(inside * distance + 0.5);
}

SDL_Surface *shape_stripes(uint32_t rgb, int w, int h, int phase, int radius, int sides)
{
    SDL_Surface *surface = blank(w, h);
    int period = shape_period(h);
    for (int y = 0; surface && y < h; y++) {
        for (int x = 0; x < w; x++) {
            double shade = GROUND + (STRIPE - GROUND) * stripes(x + 0.5 + phase, y + 0.5, period);
            double ex = (sides & 1) && x < radius ? radius - x - 0.5 : 0;
            if ((sides & 2) && x >= w - radius)
                ex = x + 0.5 - (w - radius);
            double ey = y < radius ? radius - y - 0.5 : y >= h - radius ? y + 0.5 - (h - radius) : 0;
            double corner = ex > 0 && ey > 0 ? disc(ex, ey, radius) : 1;
            *pixel(surface, x, y) = argb(rgb, shade / 255 * corner);
        }
    }
    return surface;
}

/** Covers what lies within half a width of the segment. */
static void cover_segment(SDL_Surface *surface, uint32_t rgb, double x0, double y0, double x1, double y1,
                          double half)
{
    int left = (int)floor(fmin(x0, x1) - half - 1), right = (int)ceil(fmax(x0, x1) + half + 1);
    int top = (int)floor(fmin(y0, y1) - half - 1), bottom = (int)ceil(fmax(y0, y1) + half + 1);
    double dx = x1 - x0, dy = y1 - y0, square = dx * dx + dy * dy;
    for (int y = top < 0 ? 0 : top; y <= bottom && y < surface->h; y++) {
        for (int x = left < 0 ? 0 : left; x <= right && x < surface->w; x++) {
            double px = x + 0.5 - x0, py = y + 0.5 - y0;
            double t = square > 0 ? clamp01((px * dx + py * dy) / square) : 0;
            uint32_t covered = argb(rgb, half + 0.5 - hypot(px - t * dx, py - t * dy));
            if (covered >> 24 > *pixel(surface, x, y) >> 24)
                *pixel(surface, x, y) = covered;
        }
    }
}

/** A surface for the vector, and where its start lies in it. */
static SDL_Surface *vector_surface(int dx, int dy, int width, double *x, double *y)
{
    int margin = shape_margin(width);
    *x = margin + (dx < 0 ? -dx : 0) + 0.5 * (width & 1);
    *y = margin + (dy < 0 ? -dy : 0) + 0.5 * (width & 1);
    return blank(abs(dx) + 2 * margin, abs(dy) + 2 * margin);
}

SDL_Surface *shape_line(uint32_t rgb, int dx, int dy, int width)
{
    double x, y;
    SDL_Surface *surface = vector_surface(dx, dy, width, &x, &y);
    if (surface)
        cover_segment(surface, rgb, x, y, x + dx, y + dy, width / 2.0);
    return surface;
}

SDL_Surface *shape_curve(uint32_t rgb, int dx, int dy, int width)
{
    double x, y;
    SDL_Surface *surface = vector_surface(dx, dy, width, &x, &y);
    double last_x = x, last_y = y;
    for (int k = 1; surface && k <= CURVE_STEPS; k++) {
        double t = (double)k / CURVE_STEPS;
        double ease = t * t * (3 - 2 * t); /* both inner control points lie at half height */
        double fall = 1.5 * t - 1.5 * t * t + t * t * t;
        double next_x = x + dx * ease, next_y = y + dy * fall;
        cover_segment(surface, rgb, last_x, last_y, next_x, next_y, width / 2.0);
        last_x = next_x;
        last_y = next_y;
    }
    return surface;
}

/** How far (x, y) lies on the inner side of the edge from a to b. */
static double inside(double x, double y, const double *a, const double *b)
{
    double dx = b[0] - a[0], dy = b[1] - a[1];
    return (dx * (y - a[1]) - dy * (x - a[0])) / hypot(dx, dy);
}

SDL_Surface *shape_triangle(uint32_t rgb, int w, int h, int turn)
{
    const double corners[4][3][2] = {
        {{0, 0}, {w, h / 2.0}, {0, h}}, /* right */
        {{0, 0}, {w, 0}, {w / 2.0, h}}, /* down */
        {{w, 0}, {w, h}, {0, h / 2.0}}, /* left */
        {{0, h}, {w / 2.0, 0}, {w, h}}, /* up */
    };
    SDL_Surface *surface = blank(w, h);
    for (int y = 0; surface && y < h; y++) {
        for (int x = 0; x < w; x++) {
            double least = 1;
            for (int k = 0; k < 3; k++)
                least =
                    fmin(least, inside(x + 0.5, y + 0.5, corners[turn][k], corners[turn][(k + 1) % 3]) + 0.5);
            *pixel(surface, x, y) = argb(rgb, least);
        }
    }
    return surface;
}
