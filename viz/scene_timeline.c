/*
 * scene_timeline.c — the timeline as a whole: where its pieces are, and in which order they are painted.
 *
 * Bands and quiet arrows lie under the bars, the arrows of the step just taken and the playhead over them.
 * The playhead is a group of its own, so that it slides.
 */
#include "timeline_parts.h"

#include <math.h>

enum {
    LABELS = 150, /* units of the column with badges and names */
    LABELS_COMPACT = 118,
    RULER = 36,
    RULER_COMPACT = 33,
    LEGEND = 42,
    LEGEND_COMPACT = 32,
    MINIMAP = 26,
    MEASURED = 64, /* lanes whose names are looked at for it */
    MARGIN = 30    /* right of the last column: room for the caps */
};

/** The names that are there need so much, within limits. */
static int labels_width(const DrawList *list, const Scene *scene)
{
    bool compact = scene->layout.compact;
    int least = scene_px(scene, compact ? LABELS_COMPACT : LABELS), most = least * 8 / 5, width = least;
    int size = scene_px(scene, TEXT_BODY), beside = scene_px(scene, (compact ? 12 : 22) + BADGE + 24);
    size_t lanes = history_lanes(scene->history);
    if (lanes > MEASURED)
        return least * 4 / 3;
    for (size_t k = 0; k < lanes; k++) {
        char buffer[128];
        const Lane *lane = history_lane(scene->history, k);
        if (lane->helper || lane->internal)
            continue;
        const char *name = lane_label(scene->history, lane->id, buffer, sizeof buffer);
        int wanted = draw_width(list, FACE_UI_BOLD, size, name) + beside;
        width = wanted > width ? wanted : width;
    }
    return width < most ? width : most;
}

/* -------------------------------------------------------------------------------------- labels ---- */

/** The loop's sign: an arrow that goes round, drawn. */
static void loop_badge(DrawList *list, const Scene *scene, Rect r)
{
    int ring = r.w * 50 / 100, line = scene_px(scene, 2), head = r.w * 26 / 100;
    Rect round = rect(r.x + (r.w - ring) / 2, r.y + (r.h - ring) / 2, ring, ring);
    draw_fill(list, r, r.w / 4, COLOR_PANEL, 255);
    draw_frame(list, r, r.w / 4, scene_px(scene, 1.6), COLOR_TEXT, 255);
    draw_frame(list, round, ring / 2, line, COLOR_TEXT, 255);
    draw_fill(list, rect(round.x + ring - line, round.y, line + 1, ring / 2), 0, COLOR_PANEL, 255);
    draw_triangle(list, rect(round.x + ring - head * 3 / 4, round.y + ring / 2 - head / 2, head, head), 3,
                  COLOR_TEXT, 255);
}

static void label_text(const Timeline *timeline, Rect r, Color color, const char *text, int size)
{
    int x = r.x + size, end = timeline->labels.x + timeline->labels.w - scene_px(timeline->scene, 6);
    draw_text_in(timeline->list, rect(x, r.y, end - x, r.h), -1, FACE_UI_BOLD,
                 scene_px(timeline->scene, TEXT_BODY), color, text);
}

static Rect badge_place(const Timeline *timeline, Row row)
{
    const Scene *scene = timeline->scene;
    int size = scene_px(scene, BADGE);
    if (size > row.h - scene_px(scene, 4))
        size = row.h - scene_px(scene, 4);
    int x = timeline->labels.x + scene_px(scene, scene->layout.compact ? 12 : 22);
    return rect(x, row.y + (row.h - size) / 2, size, size);
}

static void loop_label(const Timeline *timeline)
{
    Row row = timeline->rows.loop;
    if (row.h == 0)
        return;
    Rect badge = badge_place(timeline, row);
    loop_badge(timeline->list, timeline->scene, badge);
    label_text(timeline, rect(badge.x, row.y, 0, row.h), COLOR_TEXT, scene_text(timeline->scene, "lane.loop"),
               badge.w + scene_px(timeline->scene, 10));
}

static void lane_name(const Timeline *timeline, const Lane *lane, Row row)
{
    char buffer[128];
    DrawList *list = timeline->list;
    const Scene *scene = timeline->scene;
    bool exists = lane->created <= scene->view->i;
    Rect badge = badge_place(timeline, row);
    const char *name = lane_label(timeline->history, lane->id, buffer, sizeof buffer);
    size_t first = list->count;
    scene_badge(list, scene, badge.x, badge.y, badge.w, lane->id);
    if (!exists)
        for (size_t k = first; k < list->count; k++)
            list->items[k].alpha = FADED;
    label_text(timeline, rect(badge.x, row.y, 0, row.h), exists ? COLOR_TEXT : COLOR_FAINT, name,
               badge.w + scene_px(scene, 10));
    const Rect *area = &timeline->rows.area;
    int top = row.y > area->y ? row.y : area->y, bottom = area->y + area->h;
    bottom = row.y + row.h < bottom ? row.y + row.h : bottom;
    draw_hot(list, rect(timeline->labels.x, top, timeline->labels.w, bottom - top), DO_SELECT, lane->id,
             name);
}

/* ---------------------------------------------------------------------------------------- rows ---- */

static void row_ground(const Timeline *timeline, Row row, Id id)
{
    DrawList *list = timeline->list;
    int x = timeline->labels.x, w = timeline->body.x + timeline->body.w - x;
    if (id != ID_NONE && timeline->scene->view->selected == id) {
        draw_fill(list, rect(x, row.y, w, row.h), 0, COLOR_FOCUS, 30);
        draw_fill(list, rect(x, row.y, scene_px(timeline->scene, 4), row.h), 0, COLOR_FOCUS, 255);
    }
    draw_fill(list, rect(x, row.y + row.h - 1, w, 1), 0, COLOR_GRID, 255);
}

static Rect whole_width(const Timeline *timeline, int y, int h)
{
    return rect(timeline->labels.x, y, timeline->labels.w + timeline->body.w, h);
}

/** Grounds and names of rows first … last - 1. */
static void row_labels(const Timeline *timeline, size_t first, size_t last)
{
    const Rows *rows = &timeline->rows;
    draw_clip(timeline->list, whole_width(timeline, rows->area.y, rows->area.h));
    for (size_t k = first; k < last; k++)
        row_ground(timeline, rows_at(rows, k), history_lane(timeline->history, rows_lane(rows, k))->id);
    for (size_t k = first; k < last; k++)
        lane_name(timeline, history_lane(timeline->history, rows_lane(rows, k)), rows_at(rows, k));
    draw_unclip(timeline->list);
}

static void row_spans(const Timeline *timeline, size_t first, size_t last)
{
    const Rows *rows = &timeline->rows;
    draw_clip(timeline->list, rect(timeline->body.x, rows->area.y, timeline->body.w, rows->area.h));
    for (size_t k = first; k < last; k++)
        timeline_spans(timeline, rows_lane(rows, k), rows_at(rows, k), LOOK_FULL);
    draw_unclip(timeline->list);
}

/** The slim row of the tasks that asyncio made for itself. */
static void helpers_row(const Timeline *timeline)
{
    const Rows *rows = &timeline->rows;
    const Scene *scene = timeline->scene;
    Row row = rows_helpers(rows);
    int x = badge_place(timeline, row).x, end = timeline->labels.x + timeline->labels.w - scene_px(scene, 6);
    bool closing = true; /* is it all asyncio.run's? */
    if (row.h == 0)
        return;
    for (size_t k = 0; k < rows->helper_count; k++)
        closing = closing && history_lane(timeline->history, rows->helpers[k])->helper;
    row_ground(timeline, row, ID_NONE);
    draw_text_in(timeline->list, rect(x, row.y, end - x, row.h), -1, FACE_CODE,
                 scene_px(scene, scene->layout.compact ? 15 : TEXT_CAPTION), COLOR_MUTED,
                 closing ? "asyncio.run" : "asyncio");
    draw_hot(timeline->list, rect(timeline->labels.x, row.y, timeline->labels.w, row.h), DO_NOTHING, 0,
             scene_text(scene, closing ? "timeline.helpers" : "timeline.internal"));
    draw_clip(timeline->list, rect(timeline->body.x, row.y, timeline->body.w, row.h));
    for (size_t k = 0; k < rows->helper_count; k++)
        timeline_spans(timeline, rows->helpers[k], row, LOOK_SLIM);
    draw_unclip(timeline->list);
}

/** All rows but the loop's, with arrows. What scrolls is seen in the rows' own area, what does not beside it.
 */
static void rows_draw(const Timeline *timeline)
{
    size_t first, last, still = timeline->rows.first.h > 0;
    DrawList *list = timeline->list;
    Timeline above = *timeline;
    above.rows.area.y = above.rows.first.y;
    above.rows.area.h = above.rows.first.h;
    rows_visible(&timeline->rows, &first, &last);
    row_labels(&above, 0, still);
    row_labels(timeline, first, last);

    draw_clip(list, timeline->body);
    timeline_edges(timeline, false);
    timeline_loop(timeline);
    draw_unclip(list);

    row_spans(&above, 0, still);
    row_spans(timeline, first, last);
    helpers_row(timeline);

    draw_clip(list, timeline->body);
    timeline_edges(timeline, true);
    draw_unclip(list);
}

static void playhead(const Timeline *timeline)
{
    DrawList *list = timeline->list;
    const Scene *scene = timeline->scene;
    const Columns *columns = &timeline->columns;
    if (timeline->now < columns->x - 1 || timeline->now > columns->x + columns->width + 1)
        return;
    int line = scene_px(scene, 2.6), head = scene_px(scene, 16), x = (int)lround(timeline->now);
    int top = timeline->body.y - head * 2 / 3, bottom = timeline->body.y + timeline->body.h;
    draw_group(list, GROUP_PLAYHEAD, rect(x - head / 2, top, head, bottom - top));
    draw_fill(list, rect(x - line / 2, timeline->body.y - 1, line, bottom - timeline->body.y + 1), 0,
              COLOR_FOCUS, 255);
    draw_triangle(list, rect(x - head / 2, top, head, head * 2 / 3), 1, COLOR_FOCUS, 255);
    draw_ungroup(list);
}

/* ------------------------------------------------------------------------------------- arrangement ---- */

/** Everything from the ruler to the last row, once it is known whether a minimap is needed. */
static void arrange(Timeline *timeline, Rect r, int labels, int minimap)
{
    const Scene *scene = timeline->scene;
    bool compact = scene->layout.compact;
    int ruler = scene_px(scene, compact ? RULER_COMPACT : RULER);
    int legend = scene_px(scene, compact ? LEGEND_COMPACT : LEGEND);
    int high = r.h - ruler - legend - minimap;
    timeline->ruler = rect(r.x + labels, r.y, r.w - labels - scene_px(scene, MARGIN), ruler);
    timeline->body = rect(r.x + labels, r.y + ruler, r.w - labels, high);
    timeline->labels = rect(r.x, r.y + ruler, labels, high);
    timeline->rows = rows_of(scene, timeline->body);
    int shown =
        timeline->rows.content < timeline->rows.area.h ? timeline->rows.content : timeline->rows.area.h;
    timeline->body.h = timeline->labels.h =
        timeline->rows.loop.h + timeline->rows.first.h + shown + timeline->rows.slim;
}

void scene_timeline(DrawList *list, const Scene *scene, Rect r)
{
    Timeline timeline = {.list = list, .scene = scene, .history = scene->history};
    int labels = labels_width(list, scene), minimap = scene_px(scene, MINIMAP), gap = scene_px(scene, 5);
    int margin = scene_px(scene, MARGIN);
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y, r.w, 1), 0, COLOR_BORDER, 255);

    arrange(&timeline, r, labels, 0);
    timeline.columns = columns_of(scene->history, scene->view, timeline.ruler);
    bool fits = timeline.columns.whole && timeline.rows.content <= timeline.rows.area.h;
    if (!fits)
        arrange(&timeline, r, labels, minimap);
    timeline.now = columns_end(&timeline.columns, scene->view->i);

    draw_hot(list, timeline.ruler, DO_RULER, 0, scene_text(scene, "timeline.ruler"));
    scene_scroll_area(list, rect(r.x, timeline.body.y, labels, timeline.body.h), PANEL_LANES);
    draw_hot(list, rect(timeline.ruler.x, timeline.body.y, timeline.ruler.w, timeline.body.h), DO_LANES, 0,
             NULL);
    draw_clip(list, timeline.body);
    timeline_bands(&timeline);
    draw_unclip(list);
    row_ground(&timeline, timeline.rows.loop, ID_NONE);
    timeline_ruler(&timeline);
    loop_label(&timeline);
    rows_draw(&timeline);
    playhead(&timeline);
    scene_scrollbar(list, scene, timeline.rows.area, timeline.rows.scroll, timeline.rows.content);

    int legend = scene_px(scene, scene->layout.compact ? LEGEND_COMPACT : LEGEND), below = r.y + r.h - legend;
    if (!fits)
        timeline_minimap(&timeline,
                         rect(timeline.ruler.x, below - minimap + gap, timeline.ruler.w, minimap - gap));
    timeline_legend(list, scene, &timeline.columns,
                    rect(timeline.ruler.x, below, r.w - labels - margin, legend));
}
