/*
 * scene_finished.c — who has ended, in that order, and with what: a result, an exception, or cancelled.
 *
 * The newest is at the bottom and always in sight; the wheel goes back to the older ones.
 */
#include "ends.h"
#include "source_parts.h"

#include <stdio.h>
#include <string.h>

#define ROOMY 16 /* more rows than these never have lines below */
#define ROW   27 /* units: a line of an exception */

#define FURTHEST 4096 /* events behind its end that are looked through */

/* What the main program died of: the last line it wrote on stderr before its end. */
static const char *last_words(const Scene *scene, uint32_t end, char *text, size_t size)
{
    const uint32_t *outputs;
    size_t count = history_outputs(scene->history, &outputs);
    text[0] = 0;
    for (size_t k = scene->state->outputs < count ? scene->state->outputs : count; k-- > 0;) {
        Event event = history_event(scene->history, outputs[k]);
        if (event.i > end || event.kind != EV_OUTPUT || event.n != 2 || !event.text)
            continue;
        for (const char *line = event.text; *line;) {
            size_t length = strcspn(line, "\n");
            if (length > 0)
                snprintf(text, size, "%.*s", (int)length, line);
            line += length + (line[length] == '\n');
        }
        break;
    }
    return text;
}

static Status status_of_end(const Event *end)
{
    bool exits = end->kind == EV_END && end->word == WORD_EXIT;
    if (end->word == WORD_FAILED || (end->kind == EV_END && (!exits || end->n != 0)))
        return STATUS_FAILED;
    return end->word == WORD_CANCELLED ? STATUS_CANCELLED : STATUS_DONE;
}

static void outcome(const Scene *scene, const Lane *lane, Status *status, char *text, size_t size)
{
    Event end = history_event(scene->history, lane->ended);
    FutureState future = state_future(scene->state, scene->history, lane->id);
    *status = future.status >= STATUS_DONE ? future.status : status_of_end(&end);
    const char *value = future.value ? future.value : end.kind == EV_DONE && end.text ? end.text : "";
    if (*status == STATUS_CANCELLED)
        snprintf(text, size, "%s", scene_text(scene, "finished.cancelled"));
    else if (*status == STATUS_FAILED && end.kind == EV_END)
        last_words(scene, end.i, text, size);
    else
        snprintf(text, size, "%s", value);
}

/* Has the loop reported that nobody ever asked for its exception? That is said by the object as it goes. */
static bool is_gone(const Scene *scene, const Lane *lane)
{
    uint32_t until = scene->state->i - lane->ended < FURTHEST ? scene->state->i : lane->ended + FURTHEST;
    for (uint32_t i = lane->ended + 1; i <= until; i++) {
        if (history_kind(scene->history, i) != EV_EXCEPTION)
            continue;
        Event event = history_event(scene->history, i);
        if (event.future == lane->id && ends_with(event.text, "exception was never retrieved"))
            return true;
    }
    return false;
}

/* Its name; of one that is gone, that it is. */
static const char *name_of(const Scene *scene, const Lane *lane, bool gone, char *buffer, size_t size)
{
    char label[96];
    lane_label(scene->history, lane->id, label, sizeof label);
    return gone ? scene_fill(scene, buffer, size, "finished.gone", "name", label, NULL)
                : lane_label(scene->history, lane->id, buffer, size);
}

static Code exception_of(const DrawList *list, const Scene *scene, const char *text, int width)
{
    Code code;
    int carry = 0;
    code_lay_out(&code, list, scene_px(scene, TEXT_CAPTION), text, strlen(text), SYNTAX_NONE, &carry, width);
    for (size_t k = 0; k < code.count; k++)
        code.spans[k].color = COLOR_FAILED;
    code.indent = 0; /* it is prose */
    return code;
}

/* With what it ended; a click goes to that moment. Below its name an exception takes as many rows as it
 * needs. */
static void draw_value(DrawList *list, const Scene *scene, Rect r, const Lane *lane, Status status,
                       const char *text, bool below)
{
    char tip[320];
    int size = scene_px(scene, TEXT_CAPTION);
    if (!*text)
        return;
    if (below) {
        Code code = exception_of(list, scene, text, r.w);
        bool cut = false;
        for (size_t row = 0; row < code.rows; row++)
            code_draw(list, rect(r.x, r.y + (int)row * scene_px(scene, ROW), r.w, scene_px(scene, ROW)), size,
                      &code, row, &cut);
    } else {
        scene_word(list, scene, r, FACE_CODE, size, status == STATUS_FAILED ? COLOR_FAILED : COLOR_MUTED,
                   text, lane->id);
    }
    snprintf(tip, sizeof tip, "%s\n%s", text, scene_text(scene, "tip.event"));
    draw_hot(list, r, DO_GO, lane->ended, tip);
}

/* Symbol, badge, name, value; in a row of twice the height the value has a line of its own. */
static void draw_row(DrawList *list, const Scene *scene, Rect r, int high, const Lane *lane)
{
    char label[128], text[256];
    Status status;
    outcome(scene, lane, &status, text, sizeof text);
    bool gone = status == STATUS_FAILED && is_gone(scene, lane);
    bool aside = lane->helper || lane->internal; /* not of the program */
    int badge = scene_px(scene, BADGE), symbol = scene_px(scene, 14), gap = scene_px(scene, 10);
    int x = r.x, size = scene_px(scene, aside ? TEXT_CAPTION : TEXT_BODY);
    Rect line = rect(r.x, r.y, r.w, high);
    draw_group(list, GROUP_TASK(lane->id), r);
    draw_hot(list, r, DO_SELECT, lane->id, *text ? text : scene_text(scene, "tip.lane"));
    scene_symbol(list, scene, rect(x, r.y + (high - symbol) / 2, symbol, symbol), status,
                 status_color(status));
    x += symbol + gap;
    scene_badge(list, scene, x, r.y + (high - badge) / 2, badge, lane->id);
    x += badge + scene_px(scene, 8);
    int room = r.x + r.w - x, value = draw_width(list, FACE_CODE, scene_px(scene, TEXT_CAPTION), text);
    const char *name = name_of(scene, lane, gone, label, sizeof label);
    int wanted = draw_width(list, FACE_UI, size, name), left = wanted;
    bool below = r.h > high;
    if (!below && left + gap + value > room)
        left = left < room / 2 ? left : value < room / 2 ? room - gap - value : room / 2;
    left = left < room ? left : room;
    scene_name(list, scene, rect(x, line.y, left, line.h), FACE_UI, size,
               aside || gone ? COLOR_MUTED : COLOR_TEXT, name, lane->id);
    value = value < room - left - gap ? value : room - left - gap;
    draw_value(list, scene,
               below ? rect(r.x + symbol + gap, r.y + high, r.w - symbol - gap, r.h - high)
                     : rect(r.x + r.w - value, line.y, value, line.h),
               lane, status, text, below);
    scene_selected(list, scene, r, scene_px(scene, 6), lane->id);
    draw_ungroup(list);
}

/* The rows that an exception needs below its name, when it does not fit beside it; 0 when it does. */
static size_t rows_below(const DrawList *list, const Scene *scene, const Lane *lane, int width)
{
    char label[128], text[256];
    Status status;
    outcome(scene, lane, &status, text, sizeof text);
    name_of(scene, lane, status == STATUS_FAILED && is_gone(scene, lane), label, sizeof label);
    int beside =
        width - scene_px(scene, BADGE + 42) - draw_width(list, FACE_UI, scene_px(scene, TEXT_BODY), label);
    if (status != STATUS_FAILED || draw_width(list, FACE_CODE, scene_px(scene, TEXT_CAPTION), text) <= beside)
        return 0;
    return exception_of(list, scene, text, width - scene_px(scene, 24)).rows;
}

/* While there is room for all, an exception that does not fit beside its name stands below it. */
static bool draw_roomy(DrawList *list, const Scene *scene, Rect room, const Id *lanes, size_t count, int high)
{
    int heights[ROOMY], all = 0;
    for (size_t k = 0; k < count && k < ROOMY; k++) {
        const Lane *lane = history_lane_of(scene->history, lanes[k]);
        size_t rows = lane ? rows_below(list, scene, lane, room.w) : 0;
        heights[k] = high + (int)rows * scene_px(scene, ROW) + (rows ? scene_px(scene, SPACE) : 0);
        all += heights[k];
    }
    if (count > ROOMY || all == (int)count * high || all > room.h)
        return false;
    for (size_t k = 0; k < count; k++) {
        const Lane *lane = history_lane_of(scene->history, lanes[k]);
        if (lane)
            draw_row(list, scene, rect(room.x, room.y, room.w, heights[k]), high, lane);
        room.y += heights[k];
    }
    return true;
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
    if (draw_roomy(list, scene, room, lanes, count, high))
        return;
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
                     rect(room.x, room.y + (int)k * high - offset, room.w - scene_px(scene, 8), high), high,
                     lane);
    }
    scene_scrollbar(list, scene, room, offset, content);
    draw_unclip(list);
    scene_clip_hots(list, hots, room);
}
