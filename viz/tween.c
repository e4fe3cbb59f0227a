/*
 * tween.c — the picture between two pictures.
 *
 *     target ──► everything as it is, but groups that have come from elsewhere stand between there and here
 *
 * A group that stays inside one panel (the same clip) stays inside its clip: the playhead and the lit line
 * where they are painted, behind what is painted later; cards moving up in the queue, which have words, over
 * what they pass. A group that changes panels is painted last and outside every clip, and an outline stays
 * as a ghost at the place that it has left. A group that is new fades in.
 */
#include "tween.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES = 512, GHOST = 150 /* of 255 */ };

static const double duration = 0.26; /* seconds */
static const Rect everywhere = {-(1 << 20), -(1 << 20), 1 << 21, 1 << 21};

/** Where a group stands in a list. */
typedef struct Place {
    uint64_t key;
    Rect r, clip;
    size_t first, last; /* its commands, from DRAW_GROUP to behind DRAW_UNGROUP */
    size_t inside;      /* the number of the DRAW_CLIP that it stands in; SIZE_MAX: of none */
} Place;

typedef struct Places {
    Place all[PLACES];
    size_t count;
} Places;

struct Tween {
    DrawList before, target;
    Places then, now;   /* the groups of both */
    Rect shown[PLACES]; /* where the groups of `now` were painted last */
    Rect from[PLACES];  /* where they set out */
    int known[PLACES];  /* the number of the same group in `then`, -1: it is new */
    bool moves;
};

/* ---------------------------------------------------------------------------------------------- places ----
 */

static bool same(Rect a, Rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

/** Finds the outermost groups of a list. */
static void find_places(Places *places, const DrawList *list)
{
    Rect clips[32] = {everywhere};
    size_t opened[32] = {SIZE_MAX};
    int depth = 0, nested = 0;
    places->count = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *d = &list->items[k];
        if (d->op == DRAW_CLIP) {
            depth++;
            if (depth < 32) {
                clips[depth] = rect_common(clips[depth - 1], d->r);
                opened[depth] = k;
            }
        } else if (d->op == DRAW_UNCLIP && depth > 0) {
            depth--;
        } else if (d->op == DRAW_GROUP && nested++ == 0 && places->count < PLACES) {
            places->all[places->count++] = (Place){d->key, d->r,        clips[depth < 32 ? depth : 31],
                                                   k,      list->count, opened[depth < 32 ? depth : 31]};
        } else if (d->op == DRAW_UNGROUP && nested > 0 && --nested == 0 && places->count > 0) {
            Place *place = &places->all[places->count - 1];
            if (place->last == list->count)
                place->last = k + 1;
        }
    }
}

static int find_key(const Places *places, uint64_t key)
{
    for (size_t k = 0; k < places->count; k++)
        if (places->all[k].key == key)
            return (int)k;
    return -1;
}

/* ------------------------------------------------------------------------------------------- commands ----
 */

/** Copies a group's commands, moved and faded. */
static void copy_group(DrawList *out, const DrawList *from, const Place *place, int dx, int dy, int alpha)
{
    for (size_t k = place->first; k < place->last; k++) {
        Draw d = from->items[k];
        d.r.x += dx;
        d.r.y += dy;
        d.alpha = (uint8_t)(d.alpha * alpha / 255);
        draw_push(out, d);
    }
}

static bool is_moving(const Tween *tween, size_t k)
{
    Rect a = tween->from[k], b = tween->now.all[k].r;
    return tween->known[k] >= 0 && (a.x != b.x || a.y != b.y);
}

/** Does the group leave its panel? What only slides along a row or a column, as the playhead does, stays in
 * it. */
static bool leaves(const Tween *tween, size_t k)
{
    if (tween->known[k] < 0)
        return false;
    Rect a = tween->from[k], b = tween->now.all[k].r;
    bool slides = a.x == b.x || a.y == b.y;
    return !slides || !same(tween->then.all[tween->known[k]].clip, tween->now.all[k].clip);
}

/** Where the group is at a moment, part 0 … 1 of its way. */
static void place_at(Tween *tween, size_t k, double part)
{
    Rect a = tween->from[k], b = tween->now.all[k].r;
    b.x = (int)(a.x + (b.x - a.x) * part + 0.5);
    b.y = (int)(a.y + (b.y - a.y) * part + 0.5);
    tween->shown[k] = b;
}

/** What the groups that change panels have left behind: an outline, for their words would stand across those
 * that are there now. */
static void draw_ghosts(const Tween *tween, DrawList *out, double part)
{
    for (size_t k = 0; k < tween->now.count; k++) {
        if (!is_moving(tween, k) || !leaves(tween, k))
            continue;
        const Place *old = &tween->then.all[tween->known[k]];
        draw_clip(out, old->clip);
        draw_dashed(out, old->r, 8, 2, 8, COLOR_MUTED, (int)(GHOST * (1 - part * part)));
        draw_unclip(out);
    }
}

/** Does it say something? Then it passes over what is in its way, on a sheet of its own; what does not, as
 * the playhead and the lit line, stays behind what is painted later. */
static bool has_text(const Tween *tween, const Place *place)
{
    for (size_t k = place->first; k < place->last; k++)
        if (tween->target.items[k].op == DRAW_TEXT)
            return true;
    return false;
}

static bool passes_over(const Tween *tween, size_t k)
{
    return is_moving(tween, k) && (leaves(tween, k) || has_text(tween, &tween->now.all[k]));
}

/** What slides up or down without words, as the lit line does, lies below the lines that it passes: it is
 * painted first in its panel. */
static bool passes_below(const Tween *tween, size_t k)
{
    const Place *place = &tween->now.all[k];
    return is_moving(tween, k) && !passes_over(tween, k) && tween->from[k].x == place->r.x &&
           place->inside != SIZE_MAX;
}

static void draw_moved(const Tween *tween, DrawList *out, size_t k, int alpha)
{
    const Place *place = &tween->now.all[k];
    copy_group(out, &tween->target, place, tween->shown[k].x - place->r.x, tween->shown[k].y - place->r.y,
               alpha);
}

/** Copies one command of the target; behind a clip comes what lies below all else in it. */
static void push_still(const Tween *tween, DrawList *out, size_t at)
{
    draw_push(out, tween->target.items[at]);
    if (tween->target.items[at].op != DRAW_CLIP)
        return;
    for (size_t k = 0; k < tween->now.count; k++)
        if (tween->now.all[k].inside == at && passes_below(tween, k))
            draw_moved(tween, out, k, 255);
}

/** Paints a group on its way over the picture: over all of it, or inside its panel when it stays there. */
static void draw_over(const Tween *tween, DrawList *out, size_t k)
{
    const Place *place = &tween->now.all[k];
    Rect r = tween->shown[k];
    bool out_of_panel = leaves(tween, k);
    if (out_of_panel)
        draw_fill(out, rect(r.x, r.y + 3, r.w, r.h), 8, COLOR_SHADOW, 40);
    else
        draw_clip(out, place->clip);
    draw_fill(out, r, 8, COLOR_PANEL, 255);
    draw_moved(tween, out, k, 255);
    if (!out_of_panel)
        draw_unclip(out);
}

static double ease(double t)
{
    double left = 1 - t;
    return 1 - left * left * left;
}

Tween *tween_new(void)
{
    return calloc(1, sizeof(Tween));
}

void tween_free(Tween *tween)
{
    if (!tween)
        return;
    draw_free(&tween->before);
    draw_free(&tween->target);
    free(tween);
}

void tween_skip(Tween *tween, const DrawList *next)
{
    draw_copy(&tween->target, next);
    find_places(&tween->now, &tween->target);
    for (size_t k = 0; k < tween->now.count; k++) {
        tween->shown[k] = tween->from[k] = tween->now.all[k].r;
        tween->known[k] = (int)k;
    }
    tween->moves = false;
}

void tween_start(Tween *tween, const DrawList *next)
{
    /* the target becomes what was, standing where it was shown last */
    DrawList swap = tween->before;
    tween->before = tween->target;
    tween->target = swap;
    tween->then = tween->now;
    Rect shown[PLACES];
    memcpy(shown, tween->shown, sizeof shown);
    tween_skip(tween, next);
    for (size_t k = 0; k < tween->now.count; k++) {
        int old = find_key(&tween->then, tween->now.all[k].key);
        tween->known[k] = old;
        if (old >= 0)
            tween->from[k] = tween->shown[k] = shown[old];
        if (old < 0 || is_moving(tween, k))
            tween->moves = true;
    }
    if (tween->before.count == 0)
        tween_skip(tween, next); /* the first picture comes from nowhere */
}

bool tween_shows(const Tween *tween, const DrawList *list)
{
    return draw_equal(&tween->target, list);
}

bool tween_at(Tween *tween, double seconds, DrawList *out)
{
    if (seconds >= duration || tween->target.failed)
        tween->moves = false;
    draw_copy(out, &tween->target);
    if (!tween->moves) {
        for (size_t k = 0; k < tween->now.count; k++)
            tween->shown[k] = tween->now.all[k].r;
        return false;
    }
    double part = ease(seconds < 0 ? 0 : seconds / duration);
    out->count = 0;
    size_t at = 0;
    for (size_t k = 0; k < tween->now.count; k++)
        place_at(tween, k, part);
    for (size_t k = 0; k < tween->now.count; k++) {
        const Place *place = &tween->now.all[k];
        for (; at < place->first; at++)
            push_still(tween, out, at);
        at = place->last;
        if (!passes_over(tween, k) && !passes_below(tween, k))
            draw_moved(tween, out, k, tween->known[k] < 0 ? (int)(255 * part) : 255);
    }
    for (; at < tween->target.count; at++)
        push_still(tween, out, at);
    draw_ghosts(tween, out, part);
    for (int far = 0; far < 2; far++) /* what leaves its panel is on top */
        for (size_t k = 0; k < tween->now.count; k++)
            if (passes_over(tween, k) && leaves(tween, k) == (far == 1))
                draw_over(tween, out, k);
    return true;
}
