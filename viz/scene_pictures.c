/*
 * scene_pictures.c — what the program shows of its own, in a strip above the console: for each name a
 * picture, or the place where it will be, and a bar that says how far it is.
 *
 *     ┌────────┐ ┌ ─ ─ ─ ─┐ ┌ ─ ─ ─ ─┐
 *     │ (sun)  │ │ 67 %   │ │ 33 %   │
 *     └────────┘ └ ─ ─ ─ ─┘ └ ─ ─ ─ ─┘
 *     ██████████ ██████░░░░ ███░░░░░░░
 *     sun  12 kB sea  8 kB  …
 *
 * All of them are there from the beginning, as many as the window has room for, so nothing moves while it
 * fills.
 */
#include "scene_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MARGIN = 20, GAP = 16, LEAST = 112, MOST = 230, CAPTION = 26, BAR = 8 };

/* How much of `room` a part of a whole is. Shares of what cannot be are none, or all. */
static int part_of(int64_t done, int64_t total, int room)
{
    if (total <= 0 || done <= 0)
        return 0;
    return done >= total ? room : (int)((double)done / (double)total * room);
}

/* The largest rectangle of the picture's shape in r, in its middle. */
static Rect fitted(Rect r, uint32_t width, uint32_t height)
{
    double shape = (double)width / (double)height;
    int w = (double)r.w / (double)r.h > shape ? (int)(r.h * shape + 0.5) : r.w;
    int h = w == r.w ? (int)(r.w / shape + 0.5) : r.h;
    w = w < 1 ? 1 : w;
    h = h < 1 ? 1 : h > r.h ? r.h : h;
    return rect(r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h);
}

/* Where a picture will be, or would: with a word in its middle. */
static void put_place(DrawList *list, const Scene *scene, Rect r, const char *word)
{
    draw_fill(list, r, scene_px(scene, 4), COLOR_SUNKEN, 255);
    draw_dashed(list, r, scene_px(scene, 4), scene_px(scene, 1), scene_px(scene, 6), COLOR_BORDER, 255);
    draw_text_in(list, rect_inset(r, scene_px(scene, 6), 0), 0, FACE_UI, scene_px(scene, TEXT_BODY),
                 COLOR_MUTED, word);
}

/* @return what a tooltip has to say of it: a fault, or NULL */
static const char *put_picture(DrawList *list, const Scene *scene, Rect r, const Exhibit *exhibit)
{
    PictureLook look = exhibit->look;
    if (look.fault == PICTURE_GOOD) {
        const char *data = history_event(scene->history, exhibit->picture).text2;
        draw_picture(list, fitted(r, look.width, look.height), data, exhibit->name);
        return NULL;
    }
    const char *fault = scene_text(scene, picture_fault_key(look.fault));
    put_place(list, scene, r, fault);
    return fault;
}

/* The bar and below it the name, with how much of how much. */
static void put_progress(DrawList *list, const Scene *scene, Rect r, const Exhibit *exhibit, bool all)
{
    int size = scene_px(scene, TEXT_CAPTION), bar = scene_px(scene, BAR);
    Rect track = rect(r.x, r.y, r.w, bar), line = rect(r.x, r.y + bar, r.w, r.h - bar);
    char amount[64] = "";
    if (all) {
        draw_fill(list, track, bar / 2, COLOR_GRID, 255);
        track.w = part_of(exhibit->done, exhibit->total, r.w);
        draw_fill(list, track, bar / 2, COLOR_TEXT, 255);
    }
    if (exhibit->progress != 0)
        snprintf(amount, sizeof amount, "%" PRId64 "/%" PRId64, exhibit->done, exhibit->total);
    int name = draw_width(list, FACE_CODE, size, exhibit->name), room = r.w - name - scene_px(scene, 8);
    if (draw_width(list, FACE_CODE, size, amount) > room && exhibit->progress != 0)
        snprintf(amount, sizeof amount, "%d%%", part_of(exhibit->done, exhibit->total, 100));
    draw_text_in(list, line, -1, FACE_CODE, size, COLOR_MUTED, exhibit->name);
    if (draw_width(list, FACE_CODE, size, amount) <= room)
        draw_text_in(list, line, 1, FACE_CODE, size, COLOR_TEXT, amount);
}

static void put_exhibit(DrawList *list, const Scene *scene, Rect r, const Exhibit *exhibit, bool has_progress)
{
    char percent[16], tip[256], amount[64];
    int caption = scene_px(scene, CAPTION + BAR);
    Rect place = rect(r.x, r.y, r.w, r.h - caption - scene_px(scene, 4));
    const char *fault = NULL;
    bool whole = exhibit->picture != 0 && exhibit->progress != 0 && exhibit->done >= exhibit->total;
    if (whole) /* the bar has done its work */
        place.h += scene_px(scene, BAR + 2);
    if (exhibit->picture != 0) {
        fault = put_picture(list, scene, place, exhibit);
    } else {
        snprintf(percent, sizeof percent, "%d%%", part_of(exhibit->done, exhibit->total, 100));
        put_place(list, scene, place, exhibit->progress != 0 ? percent : "");
    }
    put_progress(list, scene, rect(r.x, r.y + r.h - caption, r.w, caption), exhibit, has_progress && !whole);
    uint32_t event = exhibit->picture > exhibit->progress ? exhibit->picture : exhibit->progress;
    if (event == 0)
        return;
    snprintf(amount, sizeof amount, "%" PRId64 "/%" PRId64, exhibit->done, exhibit->total);
    scene_fill(scene, tip, sizeof tip, fault ? "tip.picture.fault" : "tip.picture", "name", exhibit->name,
               "amount", exhibit->progress != 0 ? amount : "", "fault", fault, NULL);
    draw_hot(list, r, DO_GO, event, tip);
}

void scene_pictures(DrawList *list, const Scene *scene, Rect r)
{
    size_t count = scene->history ? history_exhibits(scene->history) : 0;
    if (count == 0 || r.h <= 0)
        return;
    int line = scene_px(scene, 1), gap = scene_px(scene, GAP);
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y, r.w, line), 0, COLOR_BORDER, 255);
    draw_fill(list, rect(r.x + r.w - line, r.y, line, r.h), 0, COLOR_BORDER, 255);
    Rect room = rect_inset(r, scene_px(scene, MARGIN), scene_px(scene, scene->layout.compact ? 6 : 10));
    size_t most = (size_t)((room.w + gap) / (scene_px(scene, LEAST) + gap));
    most = most < 1 ? 1 : most;
    size_t seen = count < most ? count : most;
    int wide = (room.w + gap) / (int)seen - gap, limit = scene_px(scene, MOST);
    wide = wide < limit ? wide : limit;
    for (size_t k = 0; k < seen; k++) {
        Exhibit exhibit = history_exhibit(scene->history, k, scene->state->i);
        Exhibit last = history_exhibit(scene->history, k, history_count(scene->history));
        put_exhibit(list, scene, rect(room.x + (int)k * (wide + gap), room.y, wide, room.h), &exhibit,
                    last.progress != 0);
    }
    if (seen == count)
        return;
    char more[32];
    snprintf(more, sizeof more, "+%zu", count - seen);
    Rect corner =
        rect(room.x + room.w - scene_px(scene, 40), room.y, scene_px(scene, 40), scene_px(scene, 24));
    draw_fill(list, corner, scene_px(scene, 12), COLOR_PANEL, 255);
    draw_text_in(list, corner, 0, FACE_UI_BOLD, scene_px(scene, TEXT_CAPTION), COLOR_TEXT, more);
}
