/*
 * scene_finished.c — who has ended, in that order, and with what: a result, an exception, or cancelled.
 *
 * The newest is at the bottom and always in sight; the wheel goes back to the older ones.
 */
#include "scene_parts.h"

#include <stdio.h>

static void outcome(const Scene *scene, const Lane *lane, Status *status, char *text, size_t size)
{
    Event end = history_event(scene->history, lane->ended);
    FutureState future = state_future(scene->state, scene->history, lane->id);
    *status = future.status >= STATUS_DONE ? future.status
              : end.word == WORD_FAILED    ? STATUS_FAILED
              : end.word == WORD_CANCELLED ? STATUS_CANCELLED
                                           : STATUS_DONE;
    const char *value = future.value ? future.value : end.kind == EV_DONE && end.text ? end.text : "";
    if (*status == STATUS_CANCELLED)
        snprintf(text, size, "%s", scene_text(scene, "finished.cancelled"));
    else
        snprintf(text, size, "%s", value);
}

static void draw_row(DrawList *list, const Scene *scene, Rect r, const Lane *lane)
{
    char label[96], text[256];
    Status status;
    outcome(scene, lane, &status, text, sizeof text);
    int badge = scene_px(scene, BADGE), symbol = scene_px(scene, 14), gap = scene_px(scene, 10);
    int x = r.x, size = scene_px(scene, lane->helper ? TEXT_CAPTION : TEXT_BODY);
    draw_group(list, GROUP_TASK(lane->id), r);
    draw_hot(list, r, DO_SELECT, lane->id, text);
    scene_symbol(list, scene, rect(x, r.y + (r.h - symbol) / 2, symbol, symbol), status,
                 status_color(status));
    x += symbol + gap;
    scene_badge(list, scene, x, r.y + (r.h - badge) / 2, badge, lane->id);
    x += badge + scene_px(scene, 8);
    int room = r.x + r.w - x, value = draw_width(list, FACE_CODE, scene_px(scene, TEXT_CAPTION), text);
    const char *name = lane_label(scene->history, lane->id, label, sizeof label);
    int wanted = draw_width(list, FACE_UI, size, name), left = wanted;
    if (left + gap + value > room)
        left = left < room / 2 ? left : value < room / 2 ? room - gap - value : room / 2;
    left = left < room ? left : room;
    scene_label(list, rect(x, r.y, left, r.h), FACE_UI, size, lane->helper ? COLOR_MUTED : COLOR_TEXT, name,
                lane->id);
    value = value < room - left - gap ? value : room - left - gap;
    scene_label(list, rect(r.x + r.w - value, r.y, value, r.h), FACE_CODE, scene_px(scene, TEXT_CAPTION),
                status == STATUS_FAILED ? COLOR_FAILED : COLOR_MUTED, text, lane->id);
    scene_selected(list, scene, r, scene_px(scene, 6), lane->id);
    draw_ungroup(list);
}

void scene_finished(DrawList *list, const Scene *scene, Rect r)
{
    const Id *lanes;
    Rect room = scene_panel(list, scene, r, COLOR_TEXT, "panel.finished", "panel.finished.caption");
    size_t count = scene->state->ends, known = history_ended(scene->history, &lanes);
    count = count < known ? count : known;
    scene_scroll_area(list, r, PANEL_FINISHED);
    if (count == 0) {
        scene_empty(list, scene, room, "empty.finished");
        return;
    }
    int high = scene_px(scene, 40);
    if ((int64_t)count * high > room.h && room.h > high) { /* only whole rows */
        high = room.h / (room.h / high);
        room.h -= room.h % high;
    }
    int content = (int)(count < 10000 ? count : 10000) * high;
    size_t first = count < 10000 ? 0 : count - 10000;
    int natural = content > room.h ? content - room.h : 0;
    int offset = scene_scroll(scene, PANEL_FINISHED, natural, content, room.h);
    size_t hots = list->hot_count;
    draw_clip(list, room);
    for (size_t k = (size_t)(offset / high); first + k < count && (int)k * high < offset + room.h; k++) {
        const Lane *lane = history_lane_of(scene->history, lanes[first + k]);
        if (lane)
            draw_row(list, scene,
                     rect(room.x, room.y + (int)k * high - offset, room.w - scene_px(scene, 8), high), lane);
    }
    scene_scrollbar(list, scene, room, offset, content);
    draw_unclip(list);
    scene_clip_hots(list, hots, room);
}
