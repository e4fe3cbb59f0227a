/*
 * list_hero.c — what stands above the first group: what this is, and how to read its pictures.
 *
 * The words always; where the first column has room to spare, below them a small timeline drawn with the very
 * shapes that every lesson uses, and what they mean.
 *
 *     Lessons  21 lessons
 *     From plain calls to …
 *     ▬███▨▨▨▨▨▨▨▨▨▨▨▨▨▬██✓
 *       ▬▬▬██▨▨▨▨▨▨▬██✓
 *       ▬▬▬▬▬██▨▨▨▨▬▬▬██✓
 *     ▬ ready  █ running  ▨ waiting  ✓ done
 */
#include "list_parts.h"

#include <stdio.h>

enum {
    TITLE = 34, /* units */
    TITLE_COMPACT = 28,
    LANE = 40, /* a lane of the small timeline, at most */
    LANE_LEAST = 26,
    LEGEND = 40,
    LANES = 3
};

/** A stretch of the small timeline, in 1/1000 of its width. */
typedef struct Stretch {
    int lane, from, until;
    Status status;
} Stretch;

/* One runs at a time; who wakes waits its turn. */
/* clang-format off */
static const Stretch stretches[] = {
    {0,   0,  50, STATUS_READY}, {0,  50, 150, STATUS_RUNNING}, {0, 150, 800, STATUS_WAITING},
    {0, 800, 830, STATUS_READY}, {0, 830, 920, STATUS_RUNNING}, {0, 920, 960, STATUS_DONE},
    {1,  90, 150, STATUS_READY}, {1, 150, 250, STATUS_RUNNING}, {1, 250, 560, STATUS_WAITING},
    {1, 560, 600, STATUS_READY}, {1, 600, 690, STATUS_RUNNING}, {1, 690, 730, STATUS_DONE},
    {2, 120, 250, STATUS_READY}, {2, 250, 350, STATUS_RUNNING}, {2, 350, 590, STATUS_WAITING},
    {2, 590, 690, STATUS_READY}, {2, 690, 780, STATUS_RUNNING}, {2, 780, 820, STATUS_DONE},
};

static const struct {
    Status status;
    const char *key;
    int wide; /* units */
} meanings[] = {
    {STATUS_READY,   "state.ready",   34},
    {STATUS_RUNNING, "state.running", 34},
    {STATUS_WAITING, "state.waiting", 44},
    {STATUS_DONE,    "state.done",    22},
};
/* clang-format on */

enum { MEANINGS = sizeof meanings / sizeof *meanings };

static int title_size(const Scene *scene)
{
    return scene_px(scene, scene->layout.compact ? TITLE_COMPACT : TITLE);
}

/** Title and subtitle. @return how high they are */
static int words(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r, bool draw)
{
    int title = title_size(scene), body = scene_px(scene, TEXT_BODY), gap = scene_px(scene, 2);
    int h1 = draw_height(list, FACE_UI_BOLD, title);
    const char *name = scene_text(scene, "list.title"), *about = scene_text(scene, "list.subtitle");
    int h2 = rich_height(list, r.w, body, about);
    if (draw) {
        char count[48];
        int beside = draw_height(list, FACE_UI, body), x = r.x + draw_width(list, FACE_UI_BOLD, title, name);
        scene_fill_n(scene, count, sizeof count, "list.count", "n", (int64_t)catalog->count);
        x += scene_px(scene, 16);
        draw_text_in(list, rect(r.x, r.y, r.w, h1), -1, FACE_UI_BOLD, title, COLOR_TEXT, name);
        if (catalog->count)
            draw_text_in(list, rect(x, r.y + h1 - beside - h1 / 12, r.x + r.w - x, beside), -1, FACE_UI, body,
                         COLOR_FAINT, count);
        rich_draw(list, rect(r.x, r.y + h1 + gap, r.w, h2), body, body, COLOR_MUTED, about);
    }
    return h1 + gap + h2;
}

int list_hero_height(DrawList *list, const Scene *scene, const Catalog *catalog, int w)
{
    return words(list, scene, catalog, rect(0, 0, w, 0), false);
}

/** A small timeline: one lane below the other. */
static void picture(DrawList *list, const Scene *scene, Rect r)
{
    int h = r.h / LANES;
    for (int lane = 0; lane < LANES; lane++)
        draw_fill(list, rect(r.x, r.y + lane * h + h / 2, r.w, 1), 0, COLOR_BORDER, 255);
    for (size_t k = 0; k < sizeof stretches / sizeof *stretches; k++) {
        const Stretch *one = &stretches[k];
        int x = r.x + r.w * one->from / 1000, right = r.x + r.w * one->until / 1000;
        int high = h * timeline_thickness(one->status) / 100;
        int w = timeline_has_ended(one->status) && high < right - x ? high : right - x;
        timeline_shape(list, scene, rect(x, r.y + one->lane * h + (h - high) / 2, w, high), one->status, 255);
    }
}

/** What the shapes mean, spread over the width. */
static void legend(DrawList *list, const Scene *scene, Rect r)
{
    int size = scene_px(scene, TEXT_CAPTION), gap = scene_px(scene, 8), all = 0, x = r.x;
    for (int k = 0; k < MEANINGS; k++)
        all += scene_px(scene, meanings[k].wide) + gap +
               draw_width(list, FACE_UI, size, scene_text(scene, meanings[k].key));
    int apart = (r.w - all) / (MEANINGS - 1), most = scene_px(scene, 30);
    if (apart < gap)
        return;
    for (int k = 0; k < MEANINGS; k++) {
        const char *text = scene_text(scene, meanings[k].key);
        int w = scene_px(scene, meanings[k].wide);
        int h = scene_px(scene, 34) * timeline_thickness(meanings[k].status) / 100;
        h = timeline_has_ended(meanings[k].status) ? w : h;
        timeline_shape(list, scene, rect(x, r.y + (r.h - h) / 2, w, h), meanings[k].status, 255);
        x += w + gap;
        int width = draw_width(list, FACE_UI, size, text);
        draw_text_in(list, rect(x, r.y, width, r.h), -1, FACE_UI, size, COLOR_MUTED, text);
        x += width + (apart < most ? apart : most);
    }
}

void list_hero(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    int top = words(list, scene, catalog, r, true), below = scene_px(scene, LEGEND), gap = scene_px(scene, 8);
    int lane = (r.h - top - below - 2 * gap) / LANES, most = scene_px(scene, LANE);
    lane = lane < most ? lane : most;
    if (lane >= scene_px(scene, LANE_LEAST)) {
        int room = r.h - top - below, high = lane * LANES;
        picture(list, scene, rect(r.x, r.y + top + (room - high) / 2, r.w, high));
    }
    if (r.h - top >= below)
        legend(list, scene, rect(r.x, r.y + r.h - below, r.w, below));
}
