/*
 * timeline_shape.c — the shape of a status: ready a thin bar, running a full one, waiting hatched, not yet
 * started an empty dashed one, an end a small cap with its symbol; and the boxes of time that passes. The
 * same in rows, legend and list.
 */
#include "timeline_parts.h"

int timeline_thickness(Status status)
{
    switch (status) {
    case STATUS_RUNNING:
        return 64;
    case STATUS_WAITING:
        return 50;
    case STATUS_READY:
        return 34;
    case STATUS_IDLE:
        return 22;
    default:
        return 56;
    }
}

bool timeline_has_ended(Status status)
{
    return status == STATUS_DONE || status == STATUS_FAILED || status == STATUS_CANCELLED;
}

static void cap(DrawList *list, const Scene *scene, Rect r, Status status, int alpha)
{
    size_t first = list->count;
    draw_fill(list, r, scene_px(scene, 5), status_color(status), alpha);
    int inset = r.h < r.w ? r.h * 29 / 100 : r.w * 29 / 100;
    if (inset < 2)
        return;
    int side = (r.h < r.w ? r.h : r.w) - 2 * inset;
    Rect symbol = rect(r.x + (r.w - side) / 2, r.y + (r.h - side) / 2, side, side);
    scene_symbol(list, scene, symbol, status, COLOR_ON_STATE);
    for (size_t k = first; k < list->count; k++)
        list->items[k].alpha = (uint8_t)alpha;
}

void timeline_shape(DrawList *list, const Scene *scene, Rect r, Status status, int alpha)
{
    switch (status) {
    case STATUS_NONE:
        break;
    case STATUS_IDLE:
        draw_dashed(list, r, r.h / 2, scene_px(scene, 1.5), scene_px(scene, 5), COLOR_FAINT, alpha);
        break;
    case STATUS_READY:
        draw_fill(list, r, r.h / 2 < scene_px(scene, 5) ? r.h / 2 : scene_px(scene, 5), COLOR_READY, alpha);
        break;
    case STATUS_RUNNING:
        draw_fill(list, r, scene_px(scene, 5), COLOR_RUNNING, alpha);
        break;
    case STATUS_WAITING:
        draw_hatch(list, r, scene_px(scene, 4), COLOR_WAITING, alpha);
        break;
    default:
        cap(list, scene, r, status, alpha);
        break;
    }
}

enum { FAINTER = FADED + 40 }; /* of a box that is still to come */

void timeline_idle_box(DrawList *list, const Scene *scene, Rect r, bool future)
{
    draw_dashed(list, r, scene_px(scene, 4), scene_px(scene, 1.5), scene_px(scene, 6), COLOR_FAINT,
                future ? FAINTER : 255);
}

void timeline_held_box(DrawList *list, const Scene *scene, Rect r, bool future)
{
    int radius = scene_px(scene, 4);
    draw_fill(list, r, radius, COLOR_SUNKEN, 255);
    draw_fill(list, r, radius, COLOR_FAINT, future ? 60 : 110);
    draw_frame(list, r, radius, scene_px(scene, 1.5), COLOR_MUTED, future ? FAINTER : 255);
}

void timeline_blocked_box(DrawList *list, const Scene *scene, Rect r, bool future)
{
    int alpha = future ? FADED + 60 : 255;
    draw_dashed(list, r, scene_px(scene, 4), scene_px(scene, 1.2), scene_px(scene, 5),
                future ? COLOR_TEXT : COLOR_ON_RUNNING, alpha * 5 / 8);
}
