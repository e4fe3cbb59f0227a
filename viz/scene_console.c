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

enum { MOST_ROWS = 6 }; /* of one printed line */

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

static Rect inside_of(const Scene *scene, Rect r)
{
    return rect(r.x + scene_px(scene, 20), r.y, r.w - scene_px(scene, 34), r.h);
}

static void clock_of(const Scene *scene, uint32_t event, char *time, size_t size)
{
    int64_t ns = history_ts(scene->history, event);
    snprintf(time, size, "%lld.%03lld", (long long)(ns / 1000000000), (long long)(ns / 1000000 % 1000));
}

/* The column of the names. */
static int name_width(const Scene *scene, Rect r)
{
    return scene_px(scene, scene->layout.compact && r.w < scene_px(scene, 400) ? 60 : 86);
}

/* How far from the left the text begins: behind the clock and the name. */
static int origin_width(DrawList *list, const Scene *scene, Rect r, uint32_t event)
{
    char time[48];
    clock_of(scene, event, time, sizeof time);
    int width = draw_width(list, FACE_CODE, scene_px(scene, TEXT_CAPTION), time), clock = scene_px(scene, 62);
    return (width > clock ? width : clock) + name_width(scene, r);
}

/* The clock and the name, in columns of their own. @return the x of the text */
static int draw_origin(DrawList *list, const Scene *scene, Rect r, uint32_t event, bool newest)
{
    char time[48], label[96];
    int size = scene_px(scene, TEXT_CAPTION), name = name_width(scene, r);
    Color color = newest ? COLOR_TEXT : COLOR_MUTED;
    clock_of(scene, event, time, sizeof time);
    int x = r.x + origin_width(list, scene, r, event) - name;
    scene_word(list, scene, rect(r.x, r.y, x - r.x, r.h), FACE_CODE, size, color, time, ID_NONE);
    Id id = printed_by(scene, event);
    const char *who =
        id && history_lane_of(scene->history, id) ? lane_label(scene->history, id, label, sizeof label) : "";
    if (*who && draw_width(list, FACE_CODE, size, who) > name - scene_px(scene, 10))
        who = lane_badge(scene->history, id, label, sizeof label);
    scene_word(list, scene, rect(x, r.y, name - scene_px(scene, 10), r.h), FACE_CODE, size, color, who, id);
    return x + name;
}

/* A printed line as it is shown: on as many rows as it needs, up to MOST_ROWS. */
typedef struct Shown {
    char text[1024];
    size_t length;
    size_t parts;     /* of which it is made */
    const char *mark; /* "stderr", "reported", or NULL */
    int first, wide;  /* columns that its first row and the others have room for */
    int rows;
} Shown;

static Face shown_face(const Shown *shown)
{
    return shown->mark ? FACE_CODE_BOLD : FACE_CODE;
}

/* Where the row that begins at `from` ends: code stands in columns, Chinese in two of them; behind a space if
 * one is not far back. */
static size_t row_end(const Shown *shown, size_t from, int columns)
{
    size_t at = from, space = 0;
    for (int used = 0; at < shown->length;) {
        used += (unsigned char)shown->text[at] < 0x80 ? 1 : 2;
        if (used > columns && at > from)
            return space > from + (at - from) / 2 ? space : at;
        if (shown->text[at++] == ' ')
            space = at;
        while (at < shown->length && ((unsigned char)shown->text[at] & 0xc0) == 0x80)
            at++;
    }
    return at;
}

static Shown shown_of(DrawList *list, const Scene *scene, Rect inside, const Line *part, size_t parts)
{
    Shown shown = {.parts = 0};
    int size = scene_px(scene, TEXT_CODE - 1), small = scene_px(scene, TEXT_CAPTION);
    do {
        size_t room = sizeof shown.text - 1 - shown.length, length = part[shown.parts].length;
        length = length < room ? length : room;
        memcpy(shown.text + shown.length, part[shown.parts].text, length);
        shown.length += length;
        shown.parts++;
    } while (shown.parts < parts && part[shown.parts].joined);
    bool report = history_kind(scene->history, part->event) == EV_EXCEPTION;
    if (report || history_event(scene->history, part->event).n == 2)
        shown.mark = report ? scene_text(scene, "console.report") : "stderr";
    int column = draw_width(list, shown_face(&shown), size, "0");
    int room = inside.w - origin_width(list, scene, inside, part->event);
    int marked = shown.mark ? draw_width(list, FACE_CODE, small, shown.mark) + scene_px(scene, 8) : 0;
    shown.wide = column > 0 && room > column ? room / column : 1;
    shown.first = column > 0 && room - marked > column ? (room - marked) / column : 1;
    size_t at = row_end(&shown, 0, shown.first);
    for (shown.rows = 1; at < shown.length && shown.rows < MOST_ROWS; shown.rows++)
        at = row_end(&shown, at, shown.wide);
    return shown;
}

static void draw_shown(DrawList *list, const Scene *scene, Rect r, const Shown *shown, uint32_t event,
                       bool newest)
{
    int size = scene_px(scene, TEXT_CODE - 1), small = scene_px(scene, TEXT_CAPTION),
        high = r.h / shown->rows;
    if (newest) {
        draw_fill(list, r, 0, COLOR_SUNKEN, 255);
        draw_fill(list, rect(r.x, r.y, scene_px(scene, 4), r.h), 0, COLOR_FOCUS, 255);
    }
    Rect inside = inside_of(scene, rect(r.x, r.y, r.w, high));
    draw_hot(list, r, DO_GO, event, scene_text(scene, "tip.console"));
    int left = draw_origin(list, scene, inside, event, newest), x = left;
    if (shown->mark)
        x = draw_text(list, x, scene_on_baseline(list, scene, inside, FACE_CODE, small), FACE_CODE, small,
                      COLOR_MUTED, shown->mark) +
            scene_px(scene, 8);
    size_t from = 0;
    for (int row = 0; row < shown->rows; row++, x = left) {
        size_t until = row_end(shown, from, row == 0 ? shown->first : shown->wide);
        Rect line = rect(inside.x, r.y + row * high, inside.w, high);
        char text[sizeof shown->text];
        if (row + 1 == shown->rows)
            until = shown->length; /* what is too long even so is cut, and told by the tooltip */
        snprintf(text, sizeof text, "%.*s", (int)(until - from), shown->text + from);
        if (draw_width(list, shown_face(shown), size, text) > line.x + line.w - x)
            draw_hot(list, r, DO_GO, event, shown->text);
        draw_text_cut(list, x, scene_on_baseline(list, scene, line, shown_face(shown), size),
                      line.x + line.w - x, shown_face(shown), size, COLOR_TEXT, text);
        from = until;
    }
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
    size_t rows = 0;
    for (size_t k = 0; k < lines.parts;) {
        Shown shown = shown_of(list, scene, inside_of(scene, room), &lines.part[k], lines.parts - k);
        rows += (size_t)shown.rows;
        k += shown.parts;
    }
    int content = (int)rows * high, natural = content > room.h ? content - room.h : 0;
    int offset = scene_scroll(scene, PANEL_CONSOLE, natural, content, room.h), y = room.y - offset;
    size_t hots = list->hot_count;
    draw_clip(list, room);
    for (size_t k = 0; k < lines.parts;) {
        Shown shown = shown_of(list, scene, inside_of(scene, room), &lines.part[k], lines.parts - k);
        Rect at = rect(room.x, y, room.w, shown.rows * high);
        if (at.y + at.h > room.y && at.y < room.y + room.h)
            draw_shown(list, scene, at, &shown, lines.part[k].event, k + shown.parts == lines.parts);
        y += at.h;
        k += shown.parts;
    }
    scene_scrollbar(list, scene, rect_inset(room, scene_px(scene, 3), 0), offset, content);
    draw_unclip(list);
    scene_clip_hots(list, hots, room);
}
