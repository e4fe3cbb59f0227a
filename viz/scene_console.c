/*
 * scene_console.c — what the program printed: when, who, and what; the newest line marked and in sight. What
 * the loop's exception handler was told stands there too, and is marked as its report.
 *
 * A print without a newline is continued by the next one on the same line, as on a terminal. The last
 * thousand prints can be scrolled through.
 */
#include "scene_parts.h"

#include <stdio.h>
#include <string.h>

#define LINES 1000
#define BACK  256 /* events looked back at to find out who printed */

typedef struct Line {
    uint32_t event;
    uint32_t length;
    const char *text;
    bool joined; /* goes on where the line before ended */
} Line;

typedef struct Lines {
    size_t count; /* rows */
    size_t parts;
    Line part[LINES];
} Lines;

/* When it is full, the older half goes: the newest lines are what a reader looks for. */
static void add_part(Lines *lines, Line part)
{
    if (lines->parts == LINES) {
        memmove(lines->part, lines->part + LINES / 2, LINES / 2 * sizeof *lines->part);
        lines->parts = LINES / 2;
        lines->part[0].joined = false;
        lines->count = 0;
        for (size_t k = 0; k < lines->parts; k++)
            lines->count += !lines->part[k].joined;
    }
    lines->part[lines->parts++] = part;
    lines->count += !part.joined;
}

/* A text's lines; what does not end its line is gone on with by the next. */
static void add_text(Lines *lines, uint32_t event, const char *text, bool *open)
{
    while (text && *text) {
        size_t length = strcspn(text, "\n");
        add_part(lines, (Line){event, (uint32_t)length, text, *open});
        *open = text[length] == 0;
        text += length + !*open;
    }
}

/* The parts of the last prints up to now, in order. */
static void collect(const Scene *scene, Lines *lines)
{
    const uint32_t *outputs;
    size_t known = history_outputs(scene->history, &outputs), count = scene->state->outputs;
    count = count < known ? count : known;
    bool open = false;
    lines->count = lines->parts = 0;
    for (size_t k = count > LINES / 2 ? count - LINES / 2 : 0; k < count; k++) {
        Event event = history_event(scene->history, outputs[k]);
        bool report = event.kind == EV_EXCEPTION;
        open = open && !report;
        add_text(lines, event.i, event.text, &open);
        open = open && !report;
        if (report)
            add_text(lines, event.i, event.text2, &open);
        open = open && !report;
    }
}

/* Who printed it: the task of the last line or run before it; of a report: the task that it is about. */
static Id printed_by(const Scene *scene, uint32_t event)
{
    if (history_kind(scene->history, event) == EV_EXCEPTION)
        return history_event(scene->history, event).future;
    uint32_t last = event > BACK ? event - BACK : 1;
    for (uint32_t i = event; i >= last && i > 0; i--) {
        EventKind kind = history_kind(scene->history, i);
        if (kind != EV_OUTPUT && kind != EV_LINE && kind != EV_RUN && kind != EV_RAN && kind != EV_SWITCH)
            continue;
        Event before = history_event(scene->history, i);
        if (kind == EV_RAN || kind == EV_SWITCH)
            return kind == EV_SWITCH ? before.on : ID_NONE;
        Id id = before.task ? before.task : before.coroutine;
        if (id || kind == EV_RUN || kind == EV_LINE)
            return id;
    }
    return ID_NONE;
}

/* The clock and the name, in columns of their own. @return the x of the text */
static int draw_origin(DrawList *list, const Scene *scene, Rect r, uint32_t event, bool newest)
{
    char time[48], label[96];
    int size = scene_px(scene, TEXT_CAPTION), clock = scene_px(scene, 62), name = scene_px(scene, 86);
    int64_t ns = history_ts(scene->history, event);
    Color color = newest ? COLOR_TEXT : COLOR_MUTED;
    snprintf(time, sizeof time, "%lld.%03lld", (long long)(ns / 1000000000),
             (long long)(ns / 1000000 % 1000));
    int x = scene_word(list, scene, rect(r.x, r.y, scene_px(scene, 140), r.h), FACE_CODE, size, color, time,
                       ID_NONE);
    x = x > r.x + clock ? x : r.x + clock;
    Id id = printed_by(scene, event);
    const char *who =
        id && history_lane_of(scene->history, id) ? lane_label(scene->history, id, label, sizeof label) : "";
    if (scene->layout.compact && r.w < scene_px(scene, 400))
        name = scene_px(scene, 60);
    if (*who && draw_width(list, FACE_CODE, size, who) > name - scene_px(scene, 10))
        who = lane_badge(scene->history, id, label, sizeof label);
    scene_word(list, scene, rect(x, r.y, name - scene_px(scene, 10), r.h), FACE_CODE, size, color, who, id);
    return x + name;
}

/* A row: its parts one behind the other. @return how many parts */
static size_t draw_line_of(DrawList *list, const Scene *scene, Rect r, const Line *part, size_t parts,
                           bool newest)
{
    char text[512];
    int size = scene_px(scene, TEXT_CODE - 1), mark = scene_px(scene, 4);
    size_t k = 0, at = 0;
    if (newest) {
        draw_fill(list, r, 0, COLOR_SUNKEN, 255);
        draw_fill(list, rect(r.x, r.y, mark, r.h), 0, COLOR_FOCUS, 255);
    }
    Rect inside = rect(r.x + scene_px(scene, 20), r.y, r.w - scene_px(scene, 34), r.h);
    draw_hot(list, r, DO_GO, part->event, scene_text(scene, "tip.console"));
    int x = draw_origin(list, scene, inside, part->event, newest);
    bool report = history_kind(scene->history, part->event) == EV_EXCEPTION;
    bool error = !report && history_event(scene->history, part->event).n == 2;
    do {
        int n = snprintf(text + at, sizeof text - at, "%.*s", (int)part[k].length, part[k].text);
        at = at + (size_t)n < sizeof text ? at + (size_t)n : sizeof text - 1;
        k++;
    } while (k < parts && part[k].joined);
    if (error || report) {
        const char *mark_text = report ? scene_text(scene, "console.report") : "stderr";
        int small = scene_px(scene, TEXT_CAPTION);
        x = draw_text(list, x, scene_on_baseline(list, scene, r, FACE_CODE, small), FACE_CODE, small,
                      COLOR_MUTED, mark_text);
        x += scene_px(scene, 8);
    }
    int width = draw_width(list, FACE_CODE, size, text), room = inside.x + inside.w - x;
    if (width > room)
        draw_hot(list, r, DO_GO, part->event, text);
    Face face = error || report ? FACE_CODE_BOLD : FACE_CODE;
    draw_text_cut(list, x, scene_on_baseline(list, scene, r, face, size), room, face, size, COLOR_TEXT, text);
    return k;
}

void scene_console(DrawList *list, const Scene *scene, Rect r)
{
    Lines lines;
    int line = scene_px(scene, 1), high = scene_px(scene, 30),
        head = scene_px(scene, scene->layout.compact ? 30 : 36);
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y, r.w, line), 0, COLOR_BORDER, 255);
    draw_fill(list, rect(r.x + r.w - line, r.y, line, r.h), 0, COLOR_BORDER, 255);
    int size = scene_px(scene, TEXT_CAPTION), x = r.x + scene_px(scene, 20);
    Rect title = rect(x, r.y + scene_px(scene, 3), r.w - scene_px(scene, 40), head - scene_px(scene, 3));
    x = scene_label(list, title, FACE_UI_BOLD, size, COLOR_TEXT, scene_text(scene, "panel.console"), ID_NONE);
    title = rect(x + scene_px(scene, 10), title.y, r.x + r.w - x - scene_px(scene, 30), title.h);
    scene_label(list, title, FACE_UI, size, COLOR_MUTED, scene_text(scene, "panel.console.caption"), ID_NONE);

    Rect room = rect(r.x, r.y + head, r.w - line, r.h - head - scene_px(scene, 6));
    scene_scroll_area(list, r, PANEL_CONSOLE);
    collect(scene, &lines);
    if (lines.count == 0) {
        scene_empty(list, scene, rect_inset(room, scene_px(scene, 20), 0), "empty.console");
        return;
    }
    if (room.h > high) { /* only whole lines */
        high = room.h / (room.h / high);
        room.h -= room.h % high;
    }
    int content = (int)lines.count * high, natural = content > room.h ? content - room.h : 0;
    int offset = scene_scroll(scene, PANEL_CONSOLE, natural, content, room.h);
    size_t hots = list->hot_count;
    draw_clip(list, room);
    size_t row = 0;
    for (size_t k = 0; k < lines.parts; row++) {
        size_t parts = 1;
        Rect at = rect(room.x, room.y + (int)row * high - offset, room.w, high);
        while (k + parts < lines.parts && lines.part[k + parts].joined)
            parts++;
        if (at.y + high > room.y && at.y < room.y + room.h)
            draw_line_of(list, scene, at, &lines.part[k], parts, row + 1 == lines.count);
        k += parts;
    }
    scene_scrollbar(list, scene, rect_inset(room, scene_px(scene, 3), 0), offset, content);
    draw_unclip(list);
    scene_clip_hots(list, hots, room);
}
