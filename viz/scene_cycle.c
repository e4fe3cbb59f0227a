/*
 * scene_cycle.c — a circle of tasks that wait for each other, drawn where nobody will ever be ready again.
 *
 *     ┌▶[甲] ──▶ (lock) ──▶ [乙] ──▶ (lock) ─┐
 *     └──────────────────────────────────────┘
 *
 * From a task the arrow leads to the lock that it waits for, from the lock to the task that has it.
 */
#include "cycle.h"
#include "scene_parts.h"

#include <stdio.h>

enum { CHIPS = 2 * CYCLE_MOST };

typedef struct Ring {
    DrawList *list;
    const Scene *scene;
    const Cycle *cycle;
    int widths[CHIPS], gap, high, y;
} Ring;

static const char *between(const Ring *ring, size_t k)
{
    return scene_text(ring->scene, ring->cycle->by_lock[k] ? "cycle.lock" : "cycle.end");
}

static void measure(Ring *ring, int room)
{
    char name[96];
    const Scene *scene = ring->scene;
    int size = scene_px(scene, TEXT_CAPTION), all = 0, count = 2 * (int)ring->cycle->count;
    int least = scene_px(scene, 22), most = scene_px(scene, 92), chip = (room - count * least) / count;
    for (int k = 0; k < count; k++) {
        Id task = ring->cycle->tasks[k / 2];
        int width =
            k % 2 ? draw_width(ring->list, FACE_UI, size, between(ring, (size_t)k / 2)) + scene_px(scene, 20)
                  : draw_width(ring->list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY),
                               lane_label(scene->history, task, name, sizeof name)) +
                        scene_px(scene, BADGE + 28);
        ring->widths[k] = width < chip ? width : chip;
        all += ring->widths[k];
    }
    int gap = (room - all - scene_px(scene, 12)) / count;
    ring->gap = gap < most ? gap : most;
}

static void draw_task(const Ring *ring, int x, int width, Id task)
{
    char name[96];
    const Scene *scene = ring->scene;
    int badge = scene_px(scene, BADGE), pad = scene_px(scene, 6);
    Rect r = rect(x, ring->y, width, ring->high);
    draw_fill(ring->list, r, scene_px(scene, CARD_RADIUS), COLOR_SUNKEN, 255);
    draw_frame(ring->list, r, scene_px(scene, CARD_RADIUS), scene_px(scene, 1.4), COLOR_WAITING, 255);
    scene_badge(ring->list, scene, x + pad, r.y + (r.h - badge) / 2, badge, task);
    int from = x + 2 * pad + badge;
    scene_word(ring->list, scene, rect(from, r.y, x + width - pad - from, r.h), FACE_UI_BOLD,
               scene_px(scene, TEXT_BODY), COLOR_TEXT, lane_label(scene->history, task, name, sizeof name),
               task);
    draw_hot(ring->list, r, DO_SELECT, task, scene_text(scene, "cycle.tip"));
}

static void draw_between(const Ring *ring, int x, int width, size_t k)
{
    const Scene *scene = ring->scene;
    Rect r = rect(x, ring->y, width, ring->high);
    draw_fill(ring->list, r, r.h / 2, COLOR_PANEL, 255);
    draw_frame(ring->list, r, r.h / 2, scene_px(scene, 1.4), COLOR_MUTED, 255);
    draw_text_in(ring->list, r, 0, FACE_UI, scene_px(scene, TEXT_CAPTION), COLOR_TEXT, between(ring, k));
    draw_hot(ring->list, r, DO_NOTHING, 0, scene_text(scene, "cycle.tip"));
}

/* With a word above it where there is room for one. */
static void draw_arrow(const Ring *ring, int from, int to, const char *word)
{
    const Scene *scene = ring->scene;
    int size = scene_px(scene, TEXT_CAPTION - 1), width = draw_width(ring->list, FACE_UI, size, word);
    int high = draw_height(ring->list, FACE_UI, size);
    if (width + scene_px(scene, 12) <= to - from)
        draw_text(ring->list, from + (to - from - width) / 2 - scene_px(scene, 2),
                  ring->y + ring->high / 2 - high - scene_px(scene, 2), FACE_UI, size, COLOR_MUTED, word);
    int head = scene_px(scene, 9), y = ring->y + ring->high / 2;
    draw_line(ring->list, from + scene_px(scene, 2), y, to - head, y, scene_px(scene, 2), COLOR_FAILED, 255);
    draw_triangle(ring->list, rect(to - head - scene_px(scene, 1), y - head / 2, head, head), 0, COLOR_FAILED,
                  255);
}

/* From under the last one back to under the first; its word breaks the line. */
static void draw_way_back(const Ring *ring, int first, int last, const char *word)
{
    const Scene *scene = ring->scene;
    int head = scene_px(scene, 9), line = scene_px(scene, 2), top = ring->y + ring->high,
        low = top + scene_px(scene, 16);
    int size = scene_px(scene, TEXT_CAPTION - 1), gap = scene_px(scene, 6);
    int width = draw_width(ring->list, FACE_UI, size, word), from = (first + last - width) / 2;
    draw_line(ring->list, last, top + scene_px(scene, 2), last, low, line, COLOR_FAILED, 255);
    draw_line(ring->list, last, low, from + width + gap, low, line, COLOR_FAILED, 255);
    draw_line(ring->list, from - gap, low, first, low, line, COLOR_FAILED, 255);
    draw_line(ring->list, first, low, first, top + head, line, COLOR_FAILED, 255);
    draw_triangle(ring->list, rect(first - head / 2, top + scene_px(scene, 1), head, head), 3, COLOR_FAILED,
                  255);
    draw_text(ring->list, from, low - draw_height(ring->list, FACE_UI, size) / 2, FACE_UI, size, COLOR_MUTED,
              word);
}

void scene_cycle(DrawList *list, const Scene *scene, Rect room, const Cycle *cycle)
{
    Ring ring = {.list = list, .scene = scene, .cycle = cycle, .high = scene_px(scene, 34)};
    size_t count = 2 * cycle->count;
    int drop = scene_px(scene, 20), x = room.x;
    measure(&ring, room.w);
    ring.high = ring.high < room.h - drop ? ring.high : room.h - drop;
    ring.y = room.y + (room.h - ring.high - drop) / 2;
    for (size_t k = 0; k < count; k++) {
        if (k % 2 == 0)
            draw_task(&ring, x, ring.widths[k], cycle->tasks[k / 2]);
        else
            draw_between(&ring, x, ring.widths[k], k / 2);
        int end = x + ring.widths[k];
        if (k + 1 < count)
            draw_arrow(&ring, end, end + ring.gap,
                       scene_text(scene, k % 2 == 0 ? "cycle.waits" : "cycle.held"));
        else
            draw_way_back(&ring, room.x + ring.widths[0] / 2, x + ring.widths[k] / 2,
                          scene_text(scene, "cycle.held"));
        x = end + ring.gap;
    }
}
