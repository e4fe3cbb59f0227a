/*
 * paint.c — the commands of a display list, one after the other, made for SDL's software renderer.
 *
 * Plain rectangles are fills (opaque ones without blending); everything that is not a rectangle is a stamp
 * (paint_stamp.h): a round rectangle is five fills and the four quarters of one disc. What lies outside the
 * clip costs nothing.
 */
#include "paint.h"

#include "paint_photo.h"
#include "paint_shape.h"
#include "paint_stamp.h"

#include <stdlib.h>

enum { CLIPS = 32, TILE = 448 }; /* deepest nesting of clips; width of a stretch of stripes */

struct Painter {
    SDL_Renderer *renderer;
    Fonts *fonts;
    Stamps *stamps;
    const Rgb *colors;
    SDL_Rect clips[CLIPS]; /* each inside the one before */
    int depth, beyond;     /* beyond: clips that are nested too deep to be kept */
    bool dry;              /* stamps are made, and nothing is painted */
};

/* ----------------------------------------------------------------------------------------------- basics ----
 */

static uint32_t rgb_of(const Painter *p, const Draw *d)
{
    Rgb color = p->colors[d->color];
    return (uint32_t)color.r << 16 | (uint32_t)color.g << 8 | color.b;
}

static const SDL_Rect *clip_of(const Painter *p)
{
    return &p->clips[p->depth];
}

static bool is_seen(const Painter *p, Rect r)
{
    const SDL_Rect *clip = clip_of(p);
    return r.x < clip->x + clip->w && r.x + r.w > clip->x && r.y < clip->y + clip->h && r.y + r.h > clip->y;
}

static void fill(Painter *p, const Draw *d, int x, int y, int w, int h)
{
    if (p->dry || w <= 0 || h <= 0)
        return;
    Rgb color = p->colors[d->color];
    SDL_SetRenderDrawBlendMode(p->renderer, d->alpha == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(p->renderer, color.r, color.g, color.b, d->alpha);
    SDL_RenderFillRect(p->renderer, &(SDL_Rect){x, y, w, h});
}

static SDL_Surface *make_shape(void *context, const StampKey *key, const char *text, size_t length)
{
    (void)context, (void)text, (void)length;
    switch (key->kind) {
    case SHAPE_DISC:
        return shape_disc(key->rgb, key->a);
    case SHAPE_RING:
        return shape_ring(key->rgb, key->a, key->b);
    case SHAPE_STRIPES:
        return shape_stripes(key->rgb, key->a, key->b & 0xffff, key->b >> 16, key->c, key->d);
    case SHAPE_LINE:
        return shape_line(key->rgb, key->a, key->b, key->c);
    case SHAPE_CURVE:
        return shape_curve(key->rgb, key->a, key->b, key->c);
    case SHAPE_TRIANGLE:
        return shape_triangle(key->rgb, key->a, key->b, key->c);
    default:
        return NULL;
    }
}

/** The stamp of a shape in the command's colour and with its alpha. */
static const Stamp *shape_stamp(Painter *p, const Draw *d, Shape shape, int a, int b, int c, int e)
{
    StampKey key = {shape, rgb_of(p, d), a, b, c, e};
    const Stamp *stamp = stamps_get(p->stamps, &key, NULL, 0, make_shape, NULL);
    if (stamp)
        SDL_SetTextureAlphaMod(stamp->texture, d->alpha);
    return stamp;
}

static void copy(Painter *p, const Stamp *stamp, SDL_Rect from, int x, int y)
{
    if (!p->dry)
        SDL_RenderCopy(p->renderer, stamp->texture, &from, &(SDL_Rect){x, y, from.w, from.h});
}

static void put(Painter *p, const Stamp *stamp, int x, int y)
{
    copy(p, stamp, (SDL_Rect){0, 0, stamp->w, stamp->h}, x, y);
}

/** The four quarters of a stamp into the corners of r. */
static void put_corners(Painter *p, const Stamp *stamp, Rect r)
{
    int c = stamp->w / 2;
    for (int k = 0; k < 4; k++) {
        int right = k & 1, low = k >> 1;
        SDL_Rect from = {right * c, low * c, c, c};
        copy(p, stamp, from, right ? r.x + r.w - c : r.x, low ? r.y + r.h - c : r.y);
    }
}

static int radius_of(const Draw *d)
{
    int most = (d->r.w < d->r.h ? d->r.w : d->r.h) / 2;
    return d->radius < most ? d->radius : most;
}

/* --------------------------------------------------------------------------------------------- commands ----
 */

static void paint_fill(Painter *p, const Draw *d)
{
    Rect r = d->r;
    int radius = radius_of(d);
    const Stamp *corners = radius > 0 ? shape_stamp(p, d, SHAPE_DISC, radius, 0, 0, 0) : NULL;
    if (!corners) {
        fill(p, d, r.x, r.y, r.w, r.h);
        return;
    }
    put_corners(p, corners, r);
    fill(p, d, r.x + radius, r.y, r.w - 2 * radius, radius);
    fill(p, d, r.x, r.y + radius, r.w, r.h - 2 * radius);
    fill(p, d, r.x + radius, r.y + r.h - radius, r.w - 2 * radius, radius);
}

/** One side of a frame, in dashes that begin and end with one. */
static void side(Painter *p, const Draw *d, int x, int y, int w, int h)
{
    int length = w > h ? w : h, dash = d->dash;
    if (dash == 0 || length <= 2 * dash) {
        fill(p, d, x, y, w, h);
        return;
    }
    int gaps = (length / dash - 1) / 2;
    if (gaps < 1)
        gaps = 1;
    for (int k = 0; k <= gaps; k++) { /* spread evenly: gaps + 1 dashes */
        int at = (length - dash) * k / gaps;
        if (w > h)
            fill(p, d, x + at, y, dash, h);
        else
            fill(p, d, x, y + at, w, dash);
    }
}

static void paint_frame(Painter *p, const Draw *d)
{
    Rect r = d->r;
    int radius = radius_of(d), width = d->width;
    int cell = radius > width ? radius : width;
    if (2 * cell > r.w || 2 * cell > r.h) {
        cell = radius = 0; /* too small to have corners */
        if (2 * width >= r.w || 2 * width >= r.h) {
            fill(p, d, r.x, r.y, r.w, r.h);
            return;
        }
    }
    const Stamp *corners = cell > 0 ? shape_stamp(p, d, SHAPE_RING, radius, width, 0, 0) : NULL;
    if (corners)
        put_corners(p, corners, r);
    int gap = corners ? cell : 0, low = corners ? cell : width;
    side(p, d, r.x + gap, r.y, r.w - 2 * gap, width);
    side(p, d, r.x + gap, r.y + r.h - width, r.w - 2 * gap, width);
    side(p, d, r.x, r.y + low, width, r.h - 2 * low);
    side(p, d, r.x + r.w - width, r.y + low, width, r.h - 2 * low);
}

static void paint_hatch(Painter *p, const Draw *d)
{
    Rect r = d->r;
    int radius = radius_of(d), period = shape_period(r.h);
    int tile = TILE / period * period;
    if (r.w <= 2 * radius || r.w <= 2 * period) { /* short: a stamp of its own */
        const Stamp *whole = shape_stamp(p, d, SHAPE_STRIPES, r.w, r.h, radius, 3);
        if (whole)
            put(p, whole, r.x, r.y);
        return;
    }
    int from = radius, until = r.w - radius;
    if (radius > 0) {
        const Stamp *cap = shape_stamp(p, d, SHAPE_STRIPES, radius, r.h, radius, 1);
        if (cap)
            put(p, cap, r.x, r.y);
        cap = shape_stamp(p, d, SHAPE_STRIPES, radius, (until % period) << 16 | r.h, radius, 2);
        if (cap)
            put(p, cap, r.x + until, r.y);
    }
    const Stamp *body = shape_stamp(p, d, SHAPE_STRIPES, tile, r.h, 0, 0);
    while (body && from < until) {
        int phase = from % tile;
        int w = tile - phase < until - from ? tile - phase : until - from;
        copy(p, body, (SDL_Rect){phase, 0, w, r.h}, r.x + from, r.y);
        from += w;
    }
}

/** A text that is rendered in its colour. */
static SDL_Surface *make_text(void *context, const StampKey *key, const char *text, size_t length)
{
    SDL_Surface *run = fonts_render(context, (Face)key->a, key->b, text, length);
    for (int y = 0; run && y < run->h; y++) {
        uint32_t *row = (uint32_t *)((char *)run->pixels + (size_t)y * (size_t)run->pitch);
        for (int x = 0; x < run->w; x++)
            row[x] = (row[x] & 0xff000000u) | key->rgb;
    }
    return run;
}

static void paint_text(Painter *p, const DrawList *list, const Draw *d)
{
    StampKey key = {SHAPE_TEXT, rgb_of(p, d), d->face, d->size, 0, 0};
    const Stamp *stamp = stamps_get(p->stamps, &key, draw_string(list, d), d->length, make_text, p->fonts);
    if (!stamp)
        return;
    SDL_SetTextureAlphaMod(stamp->texture, d->alpha);
    put(p, stamp, d->r.x, d->r.y);
}

static void paint_line(Painter *p, const Draw *d)
{
    int dx = d->r.w, dy = d->r.h, width = d->width;
    int x = d->r.x + (dx < 0 ? dx : 0), y = d->r.y + (dy < 0 ? dy : 0);
    if (dx == 0 || dy == 0) {
        if (dx == 0)
            fill(p, d, x - width / 2, y, width, dy ? abs(dy) : width);
        else
            fill(p, d, x, y - width / 2, abs(dx), width);
        return;
    }
    const Stamp *stamp = shape_stamp(p, d, d->op == DRAW_LINE ? SHAPE_LINE : SHAPE_CURVE, dx, dy, width, 0);
    if (stamp)
        put(p, stamp, x - shape_margin(width), y - shape_margin(width));
}

static void paint_triangle(Painter *p, const Draw *d)
{
    const Stamp *stamp = shape_stamp(p, d, SHAPE_TRIANGLE, d->r.w, d->r.h, d->turn, 0);
    if (stamp)
        put(p, stamp, d->r.x, d->r.y);
}

static SDL_Surface *make_photo(void *context, const StampKey *key, const char *text, size_t length)
{
    (void)context;
    return photo_surface(text, length, key->a, key->b);
}

/** A picture that turns out to be damaged is crossed out. */
static void paint_photo(Painter *p, const DrawList *list, const Draw *d)
{
    StampKey key = {SHAPE_PHOTO, 0, d->r.w, d->r.h, 0, 0};
    const Stamp *stamp = stamps_get(p->stamps, &key, draw_string(list, d), d->length, make_photo, NULL);
    if (stamp) {
        SDL_SetTextureAlphaMod(stamp->texture, d->alpha);
        put(p, stamp, d->r.x, d->r.y);
        return;
    }
    Draw stroke = {.op = DRAW_FRAME, .color = COLOR_FAINT, .alpha = 255, .width = 2, .r = d->r};
    paint_frame(p, &stroke);
    stroke.op = DRAW_LINE;
    paint_line(p, &stroke);
    stroke.r = rect(d->r.x, d->r.y + d->r.h, d->r.w, -d->r.h);
    paint_line(p, &stroke);
}

static void push_clip(Painter *p, Rect r)
{
    if (p->depth + 1 == CLIPS) {
        p->beyond++;
        return;
    }
    SDL_Rect inner = {r.x, r.y, r.w < 0 ? 0 : r.w, r.h < 0 ? 0 : r.h};
    if (!SDL_IntersectRect(&inner, clip_of(p), &p->clips[p->depth + 1]))
        p->clips[p->depth + 1] = (SDL_Rect){inner.x, inner.y, 0, 0};
    p->depth++;
    SDL_RenderSetClipRect(p->renderer, clip_of(p));
}

static void pop_clip(Painter *p)
{
    if (p->beyond > 0) {
        p->beyond--;
    } else if (p->depth > 0) {
        p->depth--;
        SDL_RenderSetClipRect(p->renderer, clip_of(p));
    }
}

static void paint_item(Painter *p, const DrawList *list, const Draw *d)
{
    if (d->op == DRAW_CLIP && !p->dry)
        push_clip(p, d->r);
    else if (d->op == DRAW_UNCLIP && !p->dry)
        pop_clip(p);
    if (d->op > DRAW_PICTURE || d->alpha == 0 || !is_seen(p, draw_reach(d)))
        return;
    switch ((DrawOp)d->op) {
    case DRAW_FILL:
        paint_fill(p, d);
        break;
    case DRAW_FRAME:
        paint_frame(p, d);
        break;
    case DRAW_HATCH:
        paint_hatch(p, d);
        break;
    case DRAW_TEXT:
        paint_text(p, list, d);
        break;
    case DRAW_LINE:
    case DRAW_CURVE:
        paint_line(p, d);
        break;
    case DRAW_TRIANGLE:
        paint_triangle(p, d);
        break;
    case DRAW_PICTURE:
        paint_photo(p, list, d);
        break;
    default:
        break;
    }
}

/** Does the list begin with a ground of its own? */
static bool covers_all(const Painter *p, const DrawList *list)
{
    const Draw *d = list->items;
    const SDL_Rect *clip = clip_of(p);
    return list->count > 0 && d->op == DRAW_FILL && d->alpha == 255 && d->radius == 0 && d->r.x <= clip->x &&
           d->r.y <= clip->y && d->r.x + d->r.w >= clip->x + clip->w && d->r.y + d->r.h >= clip->y + clip->h;
}

Painter *painter_new(SDL_Renderer *renderer, Fonts *fonts)
{
    Painter *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->renderer = renderer;
    p->fonts = fonts;
    p->stamps = stamps_new(renderer);
    if (!p->stamps) {
        free(p);
        return NULL;
    }
    return p;
}

void painter_free(Painter *painter)
{
    if (!painter)
        return;
    stamps_free(painter->stamps);
    free(painter);
}

static void begin(Painter *p, const Rgb *colors, bool dry)
{
    p->colors = colors;
    p->dry = dry;
    p->depth = p->beyond = 0;
    p->clips[0] = (SDL_Rect){0, 0, 0, 0};
    SDL_GetRendererOutputSize(p->renderer, &p->clips[0].w, &p->clips[0].h);
}

void painter_paint(Painter *painter, const DrawList *list, const Rgb *colors)
{
    begin(painter, colors, false);
    SDL_Rect all = *clip_of(painter);
    painter_paint_part(painter, list, colors, rect(all.x, all.y, all.w, all.h));
}

void painter_paint_part(Painter *painter, const DrawList *list, const Rgb *colors, Rect part)
{
    Painter *p = painter;
    begin(p, colors, false);
    SDL_Rect all = *clip_of(p), asked = {part.x, part.y, part.w, part.h};
    if (!SDL_IntersectRect(&all, &asked, &p->clips[0]))
        return;
    SDL_RenderSetClipRect(p->renderer, clip_of(p));
    if (!covers_all(p, list))
        paint_fill(p, &(Draw){.color = COLOR_BACKGROUND, .alpha = 255, .r = {all.x, all.y, all.w, all.h}});
    for (size_t k = 0; k < list->count; k++)
        paint_item(p, list, &list->items[k]);
    SDL_RenderSetClipRect(p->renderer, NULL);
}

bool painter_prepare(Painter *painter, const DrawList *list, const Rgb *colors, size_t *at, double seconds)
{
    uint64_t until =
        SDL_GetPerformanceCounter() + (uint64_t)(seconds * (double)SDL_GetPerformanceFrequency());
    begin(painter, colors, true);
    do { /* at least one, so that it comes to an end */
        if (*at < list->count)
            paint_item(painter, list, &list->items[(*at)++]);
    } while (*at < list->count && SDL_GetPerformanceCounter() < until);
    return *at >= list->count;
}

SDL_Surface *paint_picture(const DrawList *list, const Rgb *colors, Fonts *fonts, int width, int height)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    SDL_Renderer *renderer = surface ? SDL_CreateSoftwareRenderer(surface) : NULL;
    Painter *painter = renderer ? painter_new(renderer, fonts) : NULL;
    if (!painter) {
        SDL_DestroyRenderer(renderer);
        SDL_FreeSurface(surface);
        return NULL;
    }
    painter_paint(painter, list, colors);
    SDL_RenderFlush(renderer);
    painter_free(painter);
    SDL_DestroyRenderer(renderer);
    return surface;
}
