/*
 * waiting_detail.c — in a row of who waits: what for, and until when.
 *
 *     ⏱ at 2.000 s ▓▓▓▓░░░ 1.000 s left      a timer
 *     (▮▮ B) (✓ A) +2  3 to go               other tasks
 *     until it is let go                     whatever else
 */
#include "waiting_parts.h"

#include "cycle.h"
#include "vocabulary.h"

#include <stdio.h>
#include <string.h>

/* A clock face: drawn, since not every font has the glyph. */
static void draw_clock(DrawList *list, const Scene *scene, Rect r, Color color)
{
    int line = scene_px(scene, 1.8), x = r.x + r.w / 2, y = r.y + r.h / 2;
    draw_frame(list, r, r.w / 2, line, color, 255);
    draw_line(list, x, y, x, r.y + r.h / 5, line, color, 255);
    draw_line(list, x, y, x + r.w / 4, y, line, color, 255);
}

/* The words of a timer; where there is no room for all, when it is due is a mere number. */
typedef struct TimerWords {
    char due[64], number[48], left[96];
} TimerWords;

static void timer_words(const Scene *scene, int64_t when, TimerWords *words)
{
    time_label(when, words->number, sizeof words->number);
    scene_fill(scene, words->due, sizeof words->due, "waiting.timer", "time", words->number, NULL);
    left_label(when, scene->state->ts, scene->view->language, words->left, sizeof words->left);
}

/* What a timer needs with these words, but without its bar. */
static int timer_width(const DrawList *list, const Scene *scene, const char *due, const char *left)
{
    int size = scene_px(scene, TEXT_CAPTION);
    return scene_px(scene, 18 + 6 + 10) + draw_width(list, FACE_CODE, size, due) +
           draw_width(list, FACE_UI, size, left);
}

int waiting_timer(DrawList *list, const Scene *scene, Rect r, int64_t from, int64_t when)
{
    TimerWords words;
    int size = scene_px(scene, TEXT_CAPTION), gap = scene_px(scene, 10), x = r.x, end = r.x + r.w;
    int64_t rest = when > scene->state->ts ? when - scene->state->ts : 0,
            whole = when > from ? when - from : 1;
    timer_words(scene, when, &words);
    const char *due = timer_width(list, scene, words.due, words.left) <= r.w ? words.due : words.number;

    int clock = scene_px(scene, 18), after = draw_width(list, FACE_UI, size, words.left);
    draw_clock(list, scene, rect(x, r.y + (r.h - clock) / 2, clock, clock), COLOR_TEXT);
    x += clock + scene_px(scene, 6);
    x = scene_word(list, scene, rect(x, r.y, end - x, r.h), FACE_CODE, size, COLOR_TEXT, due, ID_NONE) + gap;
    int bar = end - x - after - gap, most = scene_px(scene, 150), high = scene_px(scene, 8);
    bar = bar < most ? bar : most;
    if (bar >= scene_px(scene, 30)) {
        Rect track = rect(x, r.y + (r.h - high) / 2, bar, high);
        draw_fill(list, track, high / 2, COLOR_GRID, 255);
        track.w = (int)((double)bar * (double)rest / (double)whole);
        draw_fill(list, track, high / 2, COLOR_WAITING, 255);
        x += bar + gap;
    }
    return scene_word(list, scene, rect(x, r.y, end - x, r.h), FACE_UI, size, COLOR_MUTED, words.left,
                      ID_NONE) +
           gap;
}

/* Is this kid of a wait over? */
static Status kid_status(const Scene *scene, Id kid)
{
    const TaskState *task = state_task(scene->state, kid);
    return task ? task->status : state_future(scene->state, scene->history, kid).status;
}

/* By name where all fit, else by badge. */
static const char *kid_name(const Scene *scene, Id kid, bool brief, char *buffer, size_t size)
{
    if (id_kind(kid) == 'f') /* a shield, a gather in a gather: it has no lane of its own */
        return wait_label(scene->history, scene->state, kid, buffer, size);
    return brief ? lane_badge(scene->history, kid, buffer, size)
                 : lane_label(scene->history, kid, buffer, size);
}

static int kid_width(const DrawList *list, const Scene *scene, const char *name)
{
    return draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), name) + scene_px(scene, 38);
}

static int kids_width(const DrawList *list, const Scene *scene, const FutureState *wait, bool brief)
{
    char name[96];
    int width = 0, most = scene->view->width;
    for (size_t k = 0; k < wait->kid_count && width < most; k++)
        width += kid_width(list, scene, kid_name(scene, wait->kids[k], brief, name, sizeof name)) +
                 scene_px(scene, 6);
    return width;
}

/* A task somebody waits for: its state's symbol and its name; what is over is pale. */
static void draw_kid(DrawList *list, const Scene *scene, Rect r, Id kid, const char *name)
{
    char label[96];
    Status status = kid_status(scene, kid);
    int symbol = scene_px(scene, 11);
    bool over = status >= STATUS_DONE;
    draw_fill(list, r, r.h / 2, COLOR_SUNKEN, 255);
    draw_frame(list, r, r.h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_hot(list, r, DO_SELECT, kid, kid_name(scene, kid, false, label, sizeof label));
    scene_symbol(list, scene, rect(r.x + scene_px(scene, 10), r.y + (r.h - symbol) / 2, symbol, symbol),
                 status, status_color(status));
    int x = r.x + scene_px(scene, 28);
    scene_word(list, scene, rect(x, r.y, r.x + r.w - x, r.h), FACE_UI, scene_px(scene, TEXT_CAPTION),
               over ? COLOR_MUTED : COLOR_TEXT, name, kid);
    scene_selected(list, scene, r, r.h / 2, kid);
}

/* The k-th to be told: as they were given where all fit, else those that are not over come first. */
static Id kid_to_tell(const Scene *scene, const FutureState *wait, bool all, size_t k)
{
    if (all)
        return wait->kids[k];
    for (int over = 0; over <= 1; over++)
        for (size_t at = 0; at < wait->kid_count; at++)
            if ((kid_status(scene, wait->kids[at]) >= STATUS_DONE) == over && k-- == 0)
                return wait->kids[at];
    return ID_NONE;
}

/* All that a wait waits for, as many as there is room for, then "+2"; and what is still missing. */
static int draw_kids(DrawList *list, const Scene *scene, Rect r, const FutureState *wait, const char *rest)
{
    char name[96], more[16];
    size_t count = wait->kid_count;
    int size = scene_px(scene, TEXT_CAPTION), gap = scene_px(scene, 6), high = scene_px(scene, 28), x = r.x;
    int plus = draw_width(list, FACE_UI, size, "+99") + gap, y = r.y + (r.h - high) / 2;
    int names = kids_width(list, scene, wait, false), end = r.x + r.w - gap;
    if (*rest)
        end -= 2 * gap + draw_width(list, FACE_UI, size, rest);
    bool brief = x + names > end, all = !brief || x + kids_width(list, scene, wait, true) <= end;
    for (size_t k = 0; k < count; k++) {
        Id kid = kid_to_tell(scene, wait, all, k);
        kid_name(scene, kid, brief, name, sizeof name);
        int width = kid_width(list, scene, name);
        bool fits = x + width + (k + 1 < count ? plus : 0) <= end;
        if (!fits && k > 0) {
            snprintf(more, sizeof more, "+%zu", count - k < 999 ? count - k : 999);
            x = scene_word(list, scene, rect(x, r.y, end + gap - x, r.h), FACE_UI, size, COLOR_MUTED, more,
                           ID_NONE) +
                gap;
        }
        if (!fits && (count > 1 || width / 2 > end - x))
            break; /* not even the first: how many are missing says enough */
        width = width < end - x ? width : end - x;
        draw_kid(list, scene, rect(x, y, width, high), kid, name);
        x += width + gap;
    }
    x += x > r.x ? gap : 0;
    return scene_word(list, scene, rect(x, r.y, r.x + r.w - x, r.h), FACE_UI, size, COLOR_MUTED, rest,
                      ID_NONE) +
           2 * gap;
}

/* A task that was not finished when its loop was closed: whatever happens now, nobody runs it. */
static bool is_left_behind(const Scene *scene, const TaskState *task)
{
    return id_kind(task->id) == 't' && state_is_closed(scene->state, task->loop);
}

/* What it waits for, when that is neither a timer nor other tasks. */
static const char *plain_detail(const Scene *scene, const TaskState *task, const FutureState *future,
                                char *buffer, size_t size)
{
    char name[96];
    Id holder = cycle_holder(scene->history, scene->state, task->on);
    if (holder != ID_NONE)
        return scene_fill(scene, buffer, size, "waiting.held", "task",
                          lane_label(scene->history, holder, name, sizeof name), NULL);
    if (task->status == STATUS_IDLE)
        return scene_text(scene, "state.idle");
    if (is_left_behind(scene, task))
        return scene_text(scene, scene->state->stuck ? "waiting.forever" : "waiting.never");
    if (task->on == ID_NONE)
        return scene_text(scene, "state.suspended");
    if (future->status >= STATUS_DONE)
        return scene_text(scene, "waiting.done");
    if (scene->state->stuck)
        return scene_text(scene, "waiting.forever");
    const FutureWords *words = awaited_words(scene->history, scene->state, task->on, task->ran);
    bool lock = words != NULL && strcmp(words->waits, "waiting.lock") == 0;
    holder = lock ? cycle_giver(scene->history, task->on) : ID_NONE;
    Giver giver = cycle_giver_is(scene->history, scene->state, holder, task->on);
    if (holder != ID_NONE)
        return scene_fill(scene, buffer, size,
                          giver == GIVER_IN_LINE ? "waiting.lock_behind" : "waiting.lock_of", "task",
                          lane_label(scene->history, holder, name, sizeof name), NULL);
    bool timed = strcmp(future->of, "sleep") == 0 || strcmp(future->of, "wait_for") == 0;
    if (timed && future->timer_from < future->when)
        return scene_text(scene, "waiting.due"); /* its timer is gone: the callback stands in the queue */
    return scene_text(scene, words ? words->waits : "state.pending");
}

/* What is still missing: nothing more will come when nobody runs any more. */
static const char *rest_of(const Scene *scene, const TaskState *task, const FutureState *wait, char *buffer,
                           size_t size)
{
    *buffer = '\0';
    if (is_left_behind(scene, task) || scene->state->stuck)
        return plain_detail(scene, task, wait, buffer, size);
    return wait->kid_count > 1
               ? rest_label(scene->history, scene->state, wait, scene->view->language, buffer, size)
               : buffer;
}

/* Who is waited for, or at least how many are missing, in the room that a timer leaves. @return the x behind
 */
static int detail_kids(DrawList *list, const Scene *scene, Rect r, const TaskState *task,
                       const FutureState *wait)
{
    char words[192];
    const char *rest = rest_of(scene, task, wait, words, sizeof words);
    int least = *rest ? draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), rest) : scene_px(scene, 72);
    return r.w >= least + scene_px(scene, 18) ? draw_kids(list, scene, r, wait, rest) : r.x;
}

void waiting_detail(DrawList *list, const Scene *scene, Rect r, int column, const TaskState *task)
{
    char words[192];
    TimerWords timer;
    FutureState future = state_future(scene->state, scene->history, task->on);
    FutureState alone = {
        .of = "task", .kids = &task->on, .kid_count = 1}; /* a task, as if it were one of several */
    const FutureState *wait = id_kind(task->on) == 't' ? &alone : &future;
    bool has_kids = wait == &alone || (wait->kid_count > 0 && future.status < STATUS_DONE);
    bool has_timer = task->on != ID_NONE && !is_left_behind(scene, task) && future.has_timer;
    timer_words(scene, future.when, &timer);
    if (has_kids) { /* they are in sight elsewhere: first comes how long */
        int end = r.x + r.w,
            width = has_timer ? timer_width(list, scene, timer.due, timer.left) + scene_px(scene, 12) : 0;
        r.x = detail_kids(list, scene, rect(r.x, r.y, r.w - width, r.h), task, wait);
        r.w = end - r.x;
    } else if (has_timer) { /* as long as the others' */
        r.w = column - r.x;
    }
    if (has_timer)
        waiting_timer(list, scene, r, future.timer_from, future.when);
    else if (!has_kids)
        scene_word(list, scene, r, FACE_UI, scene_px(scene, TEXT_CAPTION), COLOR_MUTED,
                   plain_detail(scene, task, &future, words, sizeof words), ID_NONE);
}
