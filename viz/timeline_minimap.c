/*
 * timeline_minimap.c — the whole trace in a strip: every lane a thin line, what is in sight framed.
 *
 * The same spans through the same code as the rows, only with all columns in the strip's width. It stands
 * there when the timeline shows less than everything.
 */
#include "timeline_parts.h"

#include <math.h>

/** The strip's own timeline: everything, in the strip. */
static Timeline whole_of(const Timeline *timeline, View *view, Rect r)
{
    Timeline whole = *timeline;
    *view = *timeline->scene->view;
    view->left = view->right = 0;
    whole.columns = columns_of(timeline->history, view, r);
    whole.body = r;
    whole.now = columns_end(&whole.columns, view->i);
    return whole;
}

/** Lanes as lines; when there are more than pixels, some of them stand for all. */
static void lines(const Timeline *whole, Rect r)
{
    const Rows *rows = &whole->rows;
    size_t most = (size_t)(r.h / 2 > 1 ? r.h / 2 : 1), shown = rows->count < most ? rows->count : most;
    for (size_t k = 0; k < shown; k++) {
        int y = r.y + (int)((size_t)r.h * k / shown), end = r.y + (int)((size_t)r.h * (k + 1) / shown);
        size_t row = rows->count * k / shown;
        timeline_spans(whole, rows_lane(rows, row), (Row){y, end - y > 1 ? end - y - 1 : 1}, LOOK_MAP);
    }
}

/** What is in sight: the columns across, the rows down. */
static Rect frame_of(const Timeline *timeline, const Timeline *whole, Rect r)
{
    const Columns *columns = &timeline->columns, *all = &whole->columns;
    const Rows *rows = &timeline->rows;
    double from = columns_start(all, columns_first(columns)), until = columns_end(all, columns_last(columns));
    int x = (int)lround(fmax(from, r.x)), right = (int)lround(fmin(until, r.x + r.w));
    int y = r.y, h = r.h;
    if (rows->content > rows->area.h) {
        int64_t high = (int64_t)rows->first.h + rows->content; /* what stands still is always in sight */
        y += (int)((int64_t)r.h * (rows->first.h + rows->scroll) / high);
        h = (int)((int64_t)r.h * rows->area.h / high);
    }
    int least = scene_px(timeline->scene, 11);
    int w = right - x < least ? least : right - x;
    h = h < least ? least : h;
    x = x + w > r.x + r.w ? r.x + r.w - w : x;
    y = y + h > r.y + r.h ? r.y + r.h - h : y;
    return rect(x, y, w, h);
}

void timeline_minimap(const Timeline *timeline, Rect r)
{
    View view;
    DrawList *list = timeline->list;
    const Scene *scene = timeline->scene;
    Rect inside = rect_inset(r, 0, scene_px(scene, 2));
    Timeline whole = whole_of(timeline, &view, inside);
    draw_fill(list, r, scene_px(scene, 4), COLOR_SUNKEN, 255);
    draw_clip(list, r);
    lines(&whole, inside);
    Rect frame = frame_of(timeline, &whole, r);
    draw_fill(list, rect(r.x, r.y, frame.x - r.x, r.h), 0, COLOR_PANEL, 130);
    draw_fill(list, rect(frame.x + frame.w, r.y, r.x + r.w - frame.x - frame.w, r.h), 0, COLOR_PANEL, 130);
    int now = (int)lround(whole.now), line = scene_px(scene, 2);
    draw_fill(list, rect(now - line / 2, r.y, line, r.h), 0, COLOR_FOCUS, 255);
    draw_frame(list, frame, scene_px(scene, 3), scene_px(scene, 2), COLOR_FOCUS, 255);
    draw_unclip(list);
    draw_hot(list, r, DO_MINIMAP, 0, scene_text(scene, "tip.minimap"));
}
