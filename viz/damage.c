/*
 * damage.c — the window as a grid of cells. Every command leaves its hash in each cell that it can touch, in
 * the order of painting; a cell whose sum differs from the last picture's is painted anew.
 *
 *     list ──► ┌──┬──┬──┬──┐      ┌──┬──┬──┬──┐
 *              │a4│07│07│19│  vs. │a4│07│5c│19│ of the last picture: one cell, one rectangle
 *              └──┴──┴──┴──┘      └──┴──┴──┴──┘
 *
 * So nothing has to be known about panels, and a motion costs only the cells that it passes.
 */
#include "damage.h"

#include "sight.h"

#include <stdlib.h>
#include <string.h>

enum { CELL = 64 /* px */, CLIPS = 32 };

struct Damage {
    uint64_t *now, *then;
    size_t room; /* cells of each */
    int width, height, look;
    bool known; /* `then` is of a picture of that size and look */
};

/* ---------------------------------------------------------------------------------------------- hashing ----
 */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

static uint64_t mix_rect(uint64_t hash, Rect r)
{
    hash = mix(hash, (uint64_t)(uint32_t)r.x << 32 | (uint32_t)r.y);
    return mix(hash, (uint64_t)(uint32_t)r.w << 32 | (uint32_t)r.h);
}

/** Everything that decides about a pixel of the command. */
static uint64_t hash_item(const DrawList *list, const Draw *d, Rect clip)
{
    uint64_t hash = mix_rect(mix_rect(1, d->r), clip);
    hash = mix(hash, (uint64_t)d->op << 40 | (uint64_t)d->color << 32 | (uint64_t)d->alpha << 24 |
                         (uint64_t)d->face << 16 | (uint64_t)d->turn << 8 | d->dash);
    hash = mix(hash, (uint64_t)d->size << 32 | (uint64_t)d->radius << 16 | d->width);
    if (d->op != DRAW_TEXT && d->op != DRAW_PICTURE)
        return hash;
    const char *text = draw_string(list, d);
    for (size_t left = d->length; left > 0;) {
        uint64_t part = 0;
        size_t take = left < 8 ? left : 8;
        memcpy(&part, text, take);
        hash = mix(hash, part);
        text += take;
        left -= take;
    }
    return mix(hash, d->length);
}

static int columns_of_cells(const Damage *damage)
{
    return (damage->width + CELL - 1) / CELL;
}

static int rows_of_cells(const Damage *damage)
{
    return (damage->height + CELL - 1) / CELL;
}

/** Leaves the hash in the cells that r touches. */
static void touch(Damage *damage, Rect r, uint64_t hash)
{
    if (r.w <= 0 || r.h <= 0)
        return;
    int columns = columns_of_cells(damage), last_row = (r.y + r.h - 1) / CELL;
    int first = r.x / CELL, last = (r.x + r.w - 1) / CELL;
    for (int row = r.y / CELL; row <= last_row; row++)
        for (int column = first; column <= last; column++) {
            uint64_t *cell = &damage->now[(size_t)row * (size_t)columns + (size_t)column];
            *cell = mix(*cell, hash);
        }
}

static void hash_list(Damage *damage, const DrawList *list)
{
    Rect clips[CLIPS] = {rect(0, 0, damage->width, damage->height)};
    int depth = 0, beyond = 0; /* beyond: too deep to be kept, as in the painter */
    for (size_t k = 0; k < list->count; k++) {
        const Draw *d = &list->items[k];
        if (d->op == DRAW_CLIP) {
            if (depth + 1 == CLIPS)
                beyond++;
            else
                clips[depth + 1] = rect_common(clips[depth], d->r), depth++;
        } else if (d->op == DRAW_UNCLIP) {
            if (beyond > 0)
                beyond--;
            else if (depth > 0)
                depth--;
        } else if (d->op <= DRAW_PICTURE && d->alpha > 0) {
            touch(damage, rect_common(clips[depth], draw_reach(d)), hash_item(list, d, clips[depth]));
        }
    }
}

/* ------------------------------------------------------------------------------------------- rectangles ----
 */

static Rect rect_around(Rect a, Rect b)
{
    int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int low = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return rect(x, y, right - x, low - y);
}

/** Adds a run of cells of a row: below an equally wide one it makes that one higher. @return false when there
 * are too many */
static bool add_run(Rect *rects, size_t *count, Rect run)
{
    for (size_t k = 0; k < *count; k++)
        if (rects[k].x == run.x && rects[k].w == run.w && rects[k].y + rects[k].h == run.y) {
            rects[k].h += run.h;
            return true;
        }
    if (*count == DAMAGE_MOST)
        return false;
    rects[(*count)++] = run;
    return true;
}

/** The cells that differ, gathered; where they are too scattered, one rectangle around them all. */
static size_t gather(const Damage *damage, Rect *rects)
{
    int columns = columns_of_cells(damage), rows = rows_of_cells(damage);
    Rect all = {0, 0, 0, 0};
    size_t count = 0;
    bool few = true;
    for (int row = 0; row < rows; row++) {
        const uint64_t *now = damage->now + (size_t)row * (size_t)columns;
        const uint64_t *then = damage->then + (size_t)row * (size_t)columns;
        for (int from = 0, until; from < columns; from = until) {
            while (from < columns && now[from] == then[from])
                from++;
            for (until = from; until < columns && now[until] != then[until];)
                until++;
            if (from == until)
                break;
            Rect run = rect(from * CELL, row * CELL, (until - from) * CELL, CELL);
            all = all.w ? rect_around(all, run) : run;
            few = few && add_run(rects, &count, run);
        }
    }
    if (!few) {
        rects[0] = all;
        count = 1;
    }
    for (size_t k = 0; k < count; k++)
        rects[k] = rect_common(rects[k], rect(0, 0, damage->width, damage->height));
    return count;
}

/* ----------------------------------------------------------------------------------------------- public ----
 */

/** Room for the cells of that size. */
static bool resize(Damage *damage, int width, int height)
{
    damage->width = width;
    damage->height = height;
    size_t cells = (size_t)columns_of_cells(damage) * (size_t)rows_of_cells(damage);
    if (cells <= damage->room)
        return true;
    uint64_t *now = calloc(cells, sizeof *now), *then = calloc(cells, sizeof *then);
    if (!now || !then) {
        free(now);
        free(then);
        return false;
    }
    free(damage->now);
    free(damage->then);
    damage->now = now;
    damage->then = then;
    damage->room = cells;
    return true;
}

Damage *damage_new(void)
{
    return calloc(1, sizeof(Damage));
}

void damage_free(Damage *damage)
{
    if (!damage)
        return;
    free(damage->now);
    free(damage->then);
    free(damage);
}

size_t damage_find(Damage *damage, const DrawList *list, int look, int width, int height,
                   Rect rects[DAMAGE_MOST])
{
    bool same = damage->known && look == damage->look && width == damage->width && height == damage->height;
    rects[0] = rect(0, 0, width, height);
    damage->known = false;
    if (!resize(damage, width, height))
        return 1;
    memset(damage->now, 0, damage->room * sizeof *damage->now);
    hash_list(damage, list);
    size_t count = same ? gather(damage, rects) : 1;
    uint64_t *swap = damage->then;
    damage->then = damage->now;
    damage->now = swap;
    damage->look = look;
    damage->known = true;
    return count;
}
