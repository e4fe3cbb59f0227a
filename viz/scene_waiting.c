/*
 * scene_waiting.c — who waits, on what, until when, and where in the source.
 *
 * A row for every task or hand-driven coroutine that is suspended, in order of creation, so that rows do not
 * jump; below them a row for every timer that no task waits for (call_later). Where they scroll, main's
 * stands still. A row is one line where the panel is wide, else two. At the deepest level the timer heap
 * stands at the panel's foot.
 *
 *     ▨ [1] img1   sleep(1) · f2   ⏱ 2.000 s ▓▓▓▓░░░ 1.000 s left   download, line 4
 */
#include "waiting_parts.h"

#include <stdio.h>
#include <string.h>

#define WIDE     540 /* units: from here on a row is one line, if its detail gets DETAIL */
#define DETAIL   225
#define MEASURED 64 /* rows that the columns are made for */

/* --------------------------------------------------------------------------------------------- rows ---- */

/* "sleep(1)", and at the deeper levels which future, and its value once it has one. */
static const char *on_what(const Scene *scene, const TaskState *task, Level level, char *buffer, size_t size)
{
    char label[96];
    if (task->on == ID_NONE) {
        lane_label(scene->history, task->id, label, sizeof label);
        bool known = !task->coroutine || strcmp(task->coroutine, label) == 0;
        snprintf(buffer, size, "%s", known ? "" : task->coroutine);
        return buffer;
    }
    const char *what = awaited_label(scene->history, scene->state, task->on, task->ran, label, sizeof label);
    FutureState future = state_future(scene->state, scene->history, task->on);
    if (strcmp(future.of, "wait") == 0 && future.kid_count > 0)
        what = "wait"; /* for what, and how many are missing, stands beside it */
    if (level < LEVEL_FUTURES || id_kind(task->on) == 't')
        snprintf(buffer, size, "%s", what);
    else if (future.value && future.status >= STATUS_DONE)
        snprintf(buffer, size, "%s · %c%u = %s", what, id_kind(task->on), id_number(task->on), future.value);
    else
        snprintf(buffer, size, "%s · %c%u", what, id_kind(task->on), id_number(task->on));
    return buffer;
}

/* Without its class: StreamReader.readline → readline. */
static const char *method_of(const char *what)
{
    const char *dot = what + strcspn(what, ". (");
    return *dot == '.' && dot[1] >= 'a' && dot[1] <= 'z' ? dot + 1 : what;
}

/* In so much room the class goes first. */
static const char *on_what_within(const DrawList *list, const Scene *scene, const TaskState *task, int room,
                                  char *buffer, size_t size)
{
    on_what(scene, task, scene->view->level, buffer, size);
    bool fits = draw_width(list, FACE_CODE, scene_px(scene, TEXT_CAPTION + 1), buffer) <= room;
    return fits ? buffer : method_of(buffer);
}

static const char *place_in(const Scene *scene, const TaskState *task, const char *function, char *buffer,
                            size_t size)
{
    char line[16];
    buffer[0] = 0;
    if (task->line == 0)
        return buffer;
    snprintf(line, sizeof line, "%u", task->line);
    return scene_fill(scene, buffer, size, "waiting.at", "function", function, "line", line, NULL);
}

static const char *stands_at(const Scene *scene, const TaskState *task, char *buffer, size_t size)
{
    return place_in(scene, task, task->function ? task->function : "", buffer, size);
}

/* In so much room the class goes before the line: Connection.close, line 11 → close, line 11. */
static const char *stands_at_within(const DrawList *list, const Scene *scene, const TaskState *task, int room,
                                    char *buffer, size_t size)
{
    const char *method = task->function ? strrchr(task->function, '.') : NULL;
    stands_at(scene, task, buffer, size);
    if (!method || draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), buffer) <= room)
        return buffer;
    return place_in(scene, task, method + 1, buffer, size);
}

/* Suspended, or not started: neither running nor in the ready queue. */
static bool has_row(const State *state, const TaskState *task)
{
    return task->id != state->running && (task->status == STATUS_WAITING || task->status == STATUS_IDLE);
}

/* The columns of rows that are one line. */
typedef struct Grid {
    bool wide;  /* else every row is two lines */
    bool brief; /* no row has room for a class */
    int name, on, at;
} Grid;

static int grown(int width, int wanted, int most)
{
    wanted = wanted < most ? wanted : most;
    return wanted > width ? wanted : width;
}

/* As wide as what stands in them, within reason; brief: without classes. */
static Grid grid_within(const DrawList *list, const Scene *scene, int room, bool brief)
{
    char text[256];
    Grid grid = {.name = room * 19 / 100, .on = room * 12 / 100, .at = room * 12 / 100};
    const State *state = scene->state;
    int small = scene_px(scene, TEXT_CAPTION), looked = 0, deeper = 0, longest = 0;
    for (size_t k = 0; k < state->task_count && looked < MEASURED; k++) {
        const TaskState *task = &state->tasks[k];
        if (!has_row(state, task))
            continue;
        looked++;
        int name = draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY),
                              lane_label(scene->history, task->id, text, sizeof text));
        grid.name = grown(grid.name, name + scene_px(scene, BADGE + 26), room * 28 / 100);
        int face = small + scene_px(scene, 1);
        on_what(scene, task, LEVEL_TASKS, text, sizeof text);
        const char *on = brief ? method_of(text) : text;
        grid.on = grown(grid.on, draw_width(list, FACE_CODE, face, on), room * 24 / 100);
        on_what(scene, task, scene->view->level, text, sizeof text);
        longest = grown(longest, draw_width(list, FACE_CODE, face, text), room);
        deeper = grown(deeper, longest, room * 30 / 100);
        stands_at_within(list, scene, task, brief ? 0 : room, text, sizeof text);
        grid.at = grown(grid.at, draw_width(list, FACE_UI, small, text), room * 25 / 100);
    }
    int detail = room - grid.name - grid.on - grid.at - 3 * scene_px(scene, 12);
    grid.wide = room >= scene_px(scene, WIDE) && detail >= scene_px(scene, DETAIL);
    int spare = detail - scene_px(scene, DETAIL); /* a deeper level moves no row */
    if (deeper > grid.on && spare > 0)
        grid.on = deeper - grid.on < spare ? deeper : grid.on + spare;
    grid.brief = longest > grid.on;
    return grid;
}

/* All rows are two lines where one is too little even for the briefest. */
static Grid grid_of(const DrawList *list, const Scene *scene, int room)
{
    Grid grid = grid_within(list, scene, room, false);
    return grid.wide ? grid : grid_within(list, scene, room, true);
}

/* Where it stands; a click goes to the moment since which it has waited. */
static void draw_place(DrawList *list, const Scene *scene, Rect r, const TaskState *task, const char *place)
{
    char tip[192];
    if (!*place)
        return;
    scene_word(list, scene, r, FACE_UI, scene_px(scene, TEXT_CAPTION), COLOR_MUTED, place, task->id);
    snprintf(tip, sizeof tip, "%s\n%s", place, scene_text(scene, "tip.event"));
    draw_hot(list, r, DO_GO, task->since, tip);
}

/* Badge and name at the left. @return the x behind */
static void draw_name(DrawList *list, const Scene *scene, Rect r, const TaskState *task)
{
    char label[96];
    int badge = scene_px(scene, BADGE), bar = scene_px(scene, 7), x = r.x + bar + scene_px(scene, 9);
    Rect side = rect(r.x, r.y + r.h / 2 - badge / 2, bar, badge);
    if (task->status == STATUS_IDLE)
        draw_dashed(list, side, bar / 2, scene_px(scene, 1), scene_px(scene, 3), COLOR_FAINT, 255);
    else
        draw_hatch(list, side, bar / 2, COLOR_WAITING, 255);
    scene_badge(list, scene, x, r.y + (r.h - badge) / 2, badge, task->id);
    x += badge + scene_px(scene, 8);
    scene_word(list, scene, rect(x, r.y, r.x + r.w - x, r.h), FACE_UI_BOLD, scene_px(scene, TEXT_BODY),
               COLOR_TEXT, lane_label(scene->history, task->id, label, sizeof label), task->id);
}

static void draw_wide(DrawList *list, const Scene *scene, Rect r, const TaskState *task, const Grid *grid)
{
    char what[256], place[128];
    int gap = scene_px(scene, 12), x = r.x, small = scene_px(scene, TEXT_CAPTION);
    draw_name(list, scene, rect(x, r.y, grid->name, r.h), task);
    x += grid->name + gap;
    scene_word(list, scene, rect(x, r.y, grid->on, r.h), FACE_CODE, small + scene_px(scene, 1), COLOR_TEXT,
               on_what_within(list, scene, task, grid->brief ? 0 : grid->on, what, sizeof what), task->id);
    x += grid->on + gap;
    stands_at_within(list, scene, task, grid->at, place, sizeof place);
    int width = draw_width(list, FACE_UI, small, place), end = r.x + r.w - gap;
    width = width < grid->at ? width : grid->at;
    waiting_detail(list, scene, rect(x, r.y, end - width - x, r.h), end - grid->at, task);
    draw_place(list, scene, rect(r.x + r.w - width, r.y, width, r.h), task, place);
}

static void draw_tall(DrawList *list, const Scene *scene, Rect r, const TaskState *task)
{
    char what[256], place[128];
    int gap = scene_px(scene, 10), name = r.w * 46 / 100, half = r.h / 2, indent = scene_px(scene, 16);
    draw_name(list, scene, rect(r.x, r.y, name, half), task);
    int room = r.w - name - gap;
    scene_word(list, scene, rect(r.x + name + gap, r.y, room, half), FACE_CODE,
               scene_px(scene, TEXT_CAPTION + 1), COLOR_TEXT,
               on_what_within(list, scene, task, room, what, sizeof what), task->id);
    Rect detail = rect(r.x + indent, r.y + half, r.w - indent, half);
    int small = scene_px(scene, TEXT_CAPTION),
        width = draw_width(list, FACE_UI, small, stands_at(scene, task, place, sizeof place));
    if (detail.w - width >= scene_px(scene, 360)) {
        detail.w -= width + gap;
        draw_place(list, scene, rect(r.x + r.w - width, detail.y, width, half), task, place);
    }
    waiting_detail(list, scene, detail, detail.x + detail.w, task);
}

static void draw_row(DrawList *list, const Scene *scene, Rect r, const TaskState *task, const Grid *grid)
{
    char what[256], place[128], tip[400];
    snprintf(tip, sizeof tip, "%s  %s", on_what(scene, task, scene->view->level, what, sizeof what),
             stands_at(scene, task, place, sizeof place));
    draw_group(list, GROUP_TASK(task->id), r);
    draw_hot(list, r, DO_SELECT, task->id, tip);
    Rect inside = rect_inset(r, scene_px(scene, 5), 0);
    if (grid->wide)
        draw_wide(list, scene, inside, task, grid);
    else
        draw_tall(list, scene, inside, task);
    draw_fill(list, rect(r.x, r.y + r.h - scene_px(scene, 1), r.w, scene_px(scene, 1)), 0, COLOR_GRID, 255);
    scene_selected(list, scene, r, scene_px(scene, 6), task->id);
    draw_ungroup(list);
}

/* A timer that calls a function, with no task behind it. */
static void draw_timer_row(DrawList *list, const Scene *scene, Rect r, const TimerState *timer, bool wide)
{
    char its[160], name[192];
    int badge = scene_px(scene, BADGE), left = wide ? r.w * 42 / 100 : r.w, x = r.x + scene_px(scene, 16);
    Rect top = rect(r.x, r.y, r.w, wide ? r.h : r.h / 2);
    Rect icon = rect(x, top.y + (top.h - badge) / 2, badge, badge);
    draw_group(list, GROUP_HANDLE(timer->handle), r);
    if (timer->since)
        draw_hot(list, r, DO_GO, timer->since, scene_text(scene, "tip.event"));
    scene_callback_badge(list, scene, icon);
    x += badge + scene_px(scene, 8);
    timer_label(scene->history, timer, scene->view->language, its, sizeof its);
    if (scene->view->level >= LEVEL_LOOP)
        snprintf(name, sizeof name, "h%u · %s", id_number(timer->handle), its);
    else
        snprintf(name, sizeof name, "%s", its);
    scene_word(list, scene, rect(x, top.y, r.x + left - x, top.h), FACE_CODE,
               scene_px(scene, TEXT_CAPTION + 1), COLOR_TEXT, name, ID_NONE);
    Rect detail = wide ? rect(r.x + left + scene_px(scene, 24), r.y, r.w * 36 / 100, r.h)
                       : rect(r.x + scene_px(scene, 16), r.y + r.h / 2, r.w - scene_px(scene, 16), r.h / 2);
    int64_t from = timer->since ? history_ts(scene->history, timer->since) : 0;
    waiting_timer(list, scene, detail, from, timer->when);
    draw_fill(list, rect(r.x, r.y + r.h - scene_px(scene, 1), r.w, scene_px(scene, 1)), 0, COLOR_GRID, 255);
    draw_ungroup(list);
}

/* The timers in the order in which they fire, beside the panel's title: "h5 1.000 s → f2". */
static void draw_heap(DrawList *list, const Scene *scene, Rect r)
{
    const State *state = scene->state;
    char text[96], time[48], future[24];
    int size = scene_px(scene, TEXT_CAPTION), gap = scene_px(scene, 14), end = r.x + r.w, x;
    x = scene_label(list, r, FACE_UI_BOLD, size, COLOR_MUTED, scene_text(scene, "panel.timers"), ID_NONE) +
        gap;
    if (state->timer_count == 0)
        scene_label(list, rect(x, r.y, end - x, r.h), FACE_UI, size, COLOR_MUTED,
                    scene_text(scene, "empty.timers"), ID_NONE);
    for (size_t k = 0; k < state->timer_count && x < end; k++) {
        const TimerState *timer = &state->timers[k];
        future[0] = 0;
        if (timer->future)
            snprintf(future, sizeof future, " → %c%u", id_kind(timer->future), id_number(timer->future));
        snprintf(text, sizeof text, "h%u %s%s", id_number(timer->handle),
                 time_label(timer->when, time, sizeof time), future);
        int more = k + 1 < state->timer_count ? scene_px(scene, 48) : 0;
        if (x + draw_width(list, FACE_CODE, size, text) + more > end) {
            snprintf(text, sizeof text, "+%zu", state->timer_count - k);
            k = state->timer_count;
        }
        x = scene_label(list, rect(x, r.y, end - x, r.h), FACE_CODE, size, COLOR_MUTED, text, ID_NONE) + gap;
    }
}

/* ---------------------------------------------------------------------------------------- which rows ---- */

/* A timer that a sleep or a wait made is told in the row of whoever waits; others (call_later, timeout) have
 * rows. */
static bool timer_has_row(const Scene *scene, const TimerState *timer)
{
    const State *state = scene->state;
    if (timer_is_alone(timer))
        return true;
    if (strcmp(state_future(state, scene->history, timer->future).of, "user") != 0)
        return false;
    for (size_t k = 0; k < state->task_count; k++)
        if (state->tasks[k].on == timer->future && has_row(state, &state->tasks[k]))
            return false;
    return true;
}

static size_t count_rows(const Scene *scene)
{
    const State *state = scene->state;
    size_t rows = 0;
    for (size_t k = 0; k < state->task_count; k++)
        rows += has_row(state, &state->tasks[k]);
    for (size_t k = 0; k < state->timer_count; k++)
        rows += timer_has_row(scene, &state->timers[k]);
    return rows;
}

/* The row that stands still when not all are in sight: that of the first task of all, main mostly, for which
 * the others run. NULL: it does not wait. */
static const TaskState *first_row(const Scene *scene)
{
    const State *state = scene->state;
    const TaskState *first = state->task_count > 0 ? &state->tasks[0] : NULL;
    return first && has_row(state, first) && first->id == history_lane(scene->history, 0)->id ? first : NULL;
}

/* How far the rows are scrolled by themselves, in pixels: the row that changed last is to be seen. */
static int offset_of_newest(const Scene *scene, const TaskState *still, int high, int room)
{
    const State *state = scene->state;
    size_t row = 0, newest = 0;
    uint32_t since = 0;
    for (size_t k = 0; k < state->task_count; k++) {
        if (!has_row(state, &state->tasks[k]) || &state->tasks[k] == still)
            continue;
        if (state->tasks[k].since > since) {
            since = state->tasks[k].since;
            newest = row;
        }
        row++;
    }
    int bottom = ((int)(newest < 20000 ? newest : 19999) + 1) * high;
    return bottom > room ? bottom - room : 0;
}

/* All rows but the one that stands still. */
static void draw_rows(DrawList *list, const Scene *scene, Rect room, int high, int offset, const Grid *grid,
                      const TaskState *still)
{
    const State *state = scene->state;
    Rect row = rect(room.x, room.y - offset, room.w - scene_px(scene, 8), high);
    for (size_t k = 0; k < state->task_count; k++)
        if (has_row(state, &state->tasks[k]) && &state->tasks[k] != still) {
            if (row.y + high > room.y && row.y < room.y + room.h)
                draw_row(list, scene, row, &state->tasks[k], grid);
            row.y += high;
        }
    for (size_t k = 0; k < state->timer_count; k++)
        if (timer_has_row(scene, &state->timers[k])) {
            if (row.y + high > room.y && row.y < room.y + room.h)
                draw_timer_row(list, scene, row, &state->timers[k], grid->wide);
            row.y += high;
        }
}

/* Rows that are one line move closer together, as far as their badges let them, before one is out of sight.
 */
static int row_height(const Scene *scene, bool wide, size_t rows, int room)
{
    int high = scene_px(scene, wide ? (scene->layout.compact ? 41 : 43) : 72);
    int least = wide ? scene_px(scene, BADGE + 4) : high;
    int fits = rows < 100 ? room / (int)rows : 0;
    return fits >= high ? high : fits > least ? fits : least;
}

void scene_waiting(DrawList *list, const Scene *scene, Rect r)
{
    bool loop = history_iterations(scene->history) > 0;
    Rect room = scene_panel(list, scene, r, COLOR_TEXT, loop ? "panel.waiting" : "panel.suspended",
                            loop ? "panel.waiting.caption" : "panel.suspended.caption");
    Grid grid = grid_of(list, scene, room.w - scene_px(scene, 18));
    scene_scroll_area(list, r, PANEL_WAITING);
    if (scene->view->level >= LEVEL_LOOP && loop) {
        int half = room.w * 11 / 20;
        draw_heap(list, scene, rect(room.x + room.w - half, r.y, half, room.y - r.y));
    }
    size_t rows = count_rows(scene);
    if (rows == 0) {
        scene_empty(list, scene, room, loop ? "empty.waiting" : "empty.suspended");
        return;
    }
    int high = row_height(scene, grid.wide, rows, room.h);
    int content = (int)(rows < 20000 ? rows : 20000) * high;
    if (content > room.h && room.h > high)
        room.h -= room.h % high; /* only whole rows */
    const TaskState *still = content > room.h && room.h >= 3 * high ? first_row(scene) : NULL;
    if (still) {
        draw_row(list, scene, rect(room.x, room.y, room.w - scene_px(scene, 8), high), still, &grid);
        room = rect(room.x, room.y + high, room.w, room.h - high);
        content -= high;
    }
    int natural = offset_of_newest(scene, still, high, room.h);
    int offset = scene_scroll(scene, PANEL_WAITING, natural, content, room.h);
    size_t hots = list->hot_count;
    draw_clip(list, room);
    draw_rows(list, scene, room, high, offset, &grid, still);
    scene_scrollbar(list, scene, room, offset, content);
    draw_unclip(list);
    scene_clip_hots(list, hots, room);
}
