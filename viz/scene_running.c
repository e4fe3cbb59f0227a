/*
 * scene_running.c — who runs: at most one. A task with its await chain, a plain callback, the main program,
 * or nobody, and then why not.
 */
#include "ends.h"
#include "scene_parts.h"

#include <stdio.h>
#include <string.h>

#define FRAMES 32

/* "download.<locals>.<listcomp>" is shown as "<listcomp>". */
static const char *short_name(const char *function)
{
    const char *inner = strstr(function, "<locals>.");
    while (inner && strstr(inner + 1, "<locals>."))
        inner = strstr(inner + 1, "<locals>.");
    return inner ? inner + strlen("<locals>.") : function;
}

/* Beside a listing in Python the files of our own library mean nothing. */
static bool is_of_ours(const Scene *scene, const Frame *frame)
{
    bool python = false;
    if (frame->source != ID_NONE || !ends_with(frame->file, ".c"))
        return false;
    for (size_t k = 0; k < history_sources(scene->history) && scene->view->tab != TAB_C; k++) {
        const char *language = history_source(scene->history, k).language;
        python = python || (language && strcmp(language, "python") == 0);
    }
    return python;
}

/* "lesson.py:6", "tasks.py:476"; "asyncio" of what is ours: in Python it would be asyncio's. */
static void where(const Scene *scene, const Frame *frame, char *buffer, size_t size)
{
    const char *name = frame->file ? frame->file : "";
    for (size_t k = 0; k < history_sources(scene->history); k++) {
        Source source = history_source(scene->history, k);
        if (source.id == frame->source && source.name)
            name = source.name;
    }
    const char *slash = strrchr(name, '/');
    if (frame->line == 0)
        buffer[0] = 0;
    else if (is_of_ours(scene, frame))
        snprintf(buffer, size, "asyncio");
    else
        snprintf(buffer, size, "%s:%u", slash ? slash + 1 : name, frame->line);
}

/* Letters of a frame, px: as large as its row has room for. */
static int frame_size(const DrawList *list, const Scene *scene, int high)
{
    int size = scene_px(scene, TEXT_BODY - 1), least = scene_px(scene, TEXT_CAPTION);
    while (size > least && draw_height(list, FACE_CODE_BOLD, size) > high)
        size--;
    return size;
}

/* The name, and where it is. Short of room, the file goes first: the program's own stands over the listing;
 * then the name's class, then its middle. */
static void draw_chain_frame(DrawList *list, const Scene *scene, Rect r, const Frame *frame, size_t depth,
                             bool inner)
{
    char place[160];
    int size = frame_size(list, scene, r.h), small = scene_px(scene, TEXT_CAPTION);
    int indent = scene_px(scene, 12.0 * (double)(depth < 4 ? depth : 4)), gap = scene_px(scene, 14);
    where(scene, frame, place, sizeof place);
    Color color = frame->source == ID_NONE ? COLOR_MUTED : COLOR_TEXT;
    Face face = inner ? FACE_CODE_BOLD : FACE_CODE;
    const char *name = strcmp(frame->function, "<module>") == 0 ? scene_text(scene, "running.main")
                                                                : short_name(frame->function);
    const char *told = place, *colon = strrchr(place, ':');
    int room = r.w - indent - gap - draw_width(list, face, size, name);
    if (*place && draw_width(list, FACE_CODE, small, place) > room)
        told = frame->source != ID_NONE && colon ? colon : "";
    if (draw_width(list, FACE_CODE, small, told) > room)
        name = last_part(name);
    int right = draw_width(list, FACE_CODE, small, told);
    scene_name(list, scene, rect(r.x + indent, r.y, r.w - indent - (right ? right + gap : 0), r.h), face,
               size, color, name, ID_NONE);
    Rect at = rect(r.x + r.w - right, r.y, right, r.h);
    scene_word(list, scene, at, FACE_CODE, small, COLOR_MUTED, told, ID_NONE);
    if (told != place && right > 0)
        draw_hot(list, at, DO_NOTHING, 0, place);
}

/* Frames of the library go first when there is no room for all: what the program itself wrote stays. */
static size_t fit_frames(Frame *frames, size_t count, size_t room)
{
    for (size_t k = count; k-- > 0 && count > room;)
        if (frames[k].source == ID_NONE) {
            memmove(frames + k, frames + k + 1, (count - k - 1) * sizeof *frames);
            count--;
        }
    return count;
}

/* The outermost frame says whose step this is: rows move closer together before one of them is out of sight.
 */
static void draw_stack(DrawList *list, const Scene *scene, Rect r, Id id)
{
    Frame frames[FRAMES];
    size_t count = scene_chain(scene, id, frames, FRAMES);
    int high = scene_px(scene, 32), least = scene_px(scene, 21);
    count = fit_frames(frames, count, r.h / high > 0 ? (size_t)(r.h / high) : 1);
    if (count > 0 && (int)count * high > r.h)
        high = r.h / (int)count > least ? r.h / (int)count : least;
    if ((int)count * high > r.h && r.h > high) { /* only whole rows */
        r.y += r.h % high;
        r.h -= r.h % high;
    }
    int content = (int)count * high, natural = content > r.h ? content - r.h : 0;
    int offset = scene_scroll(scene, PANEL_RUNNING, natural, content, r.h);
    size_t hots = list->hot_count;
    draw_clip(list, r);
    for (size_t k = 0; k < count; k++) {
        int width = content > r.h ? r.w - scene_px(scene, 10) : r.w; /* the scrollbar's place */
        Rect row = rect(r.x, r.y + (int)k * high - offset, width, high);
        if (row.y + row.h > r.y && row.y < r.y + r.h)
            draw_chain_frame(list, scene, row, &frames[k], k, k + 1 == count);
    }
    scene_scrollbar(list, scene, r, offset, content);
    draw_unclip(list);
    scene_clip_hots(list, hots, r);
}

/* The head of the card: badge, name, and which of its steps this is. */
static void draw_who(DrawList *list, const Scene *scene, Rect r, const char *name, const char *note, Id id)
{
    int size = scene_px(scene, TEXT_BODY), badge = scene_px(scene, BADGE), x = r.x;
    int right = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), note);
    if (id != ID_NONE) {
        scene_badge(list, scene, x, r.y + (r.h - badge) / 2, badge, id);
    } else {
        scene_callback_badge(list, scene, rect(x, r.y + (r.h - badge) / 2, badge, badge));
    }
    x += badge + scene_px(scene, 8);
    int left = r.x + r.w - x - scene_px(scene, 8) - draw_width(list, FACE_UI_BOLD, size, name);
    int most = left > r.w / 2 ? left : r.w / 2;
    right = right < most ? right : most;
    scene_name(list, scene, rect(x, r.y, r.x + r.w - right - scene_px(scene, 8) - x, r.h), FACE_UI_BOLD, size,
               COLOR_TEXT, name, id);
    scene_word(list, scene, rect(r.x + r.w - right, r.y, right, r.h), FACE_UI, scene_px(scene, TEXT_CAPTION),
               COLOR_MUTED, note, ID_NONE);
}

/* For how long, in as many words as there is room for; at least the time itself is never cut. */
static void tell_blocked(const DrawList *list, const Scene *scene, int64_t length, int room, char *note,
                         size_t size)
{
    static const char *const keys[] = {"running.blocked", "lane.blocked"};
    char time[48];
    time_label(length, time, sizeof time);
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        scene_fill(scene, note, size, keys[k], "time", time, NULL);
        if (draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), note) <= room)
            return;
    }
    snprintf(note, size, "%s", time);
}

/* A call that held the loop, in the step just taken. */
static bool blocked_now(const DrawList *list, const Scene *scene, int room, char *note, size_t size)
{
    uint32_t i = scene->state->i,
             from = scene->view->from < i && i - scene->view->from < 64 ? scene->view->from : i - 1;
    for (uint32_t k = i; i > 0 && k > from; k--)
        if (history_kind(scene->history, k) == EV_BLOCKED) {
            tell_blocked(list, scene, history_event(scene->history, k).n, room, note, size);
            return true;
        }
    return false;
}

/* The chain in one line: "main:8 › wait:428 › _wait:535". @return where its innermost frame of the program is
 */
static const char *chain_text(const Scene *scene, Id id, char *text, size_t size)
{
    Frame frames[FRAMES];
    size_t count = scene_chain(scene, id, frames, FRAMES), at = 0, own = 0;
    text[0] = 0;
    for (size_t k = 0; k < count && at + 1 < size; k++) {
        int n = snprintf(text + at, size - at, "%s", k ? " › " : "");
        size_t start = at + (size_t)n;
        bool line = frames[k].line && !is_of_ours(scene, &frames[k]);
        n += snprintf(text + at + n, start < size ? size - start : 0, line ? "%s:%u" : "%s",
                      short_name(frames[k].function), frames[k].line);
        if (frames[k].source != ID_NONE && start < size)
            own = start;
        at += (size_t)n;
    }
    return text + own;
}

/* How this step is told beside the name: it was blocked, or its number; and the handle at the deepest level.
 */
static void tell_step(const DrawList *list, const Scene *scene, const TaskState *task, int room, char *note,
                      size_t size)
{
    note[0] = 0;
    if (!blocked_now(list, scene, room, note, size) && task && task->steps > 0)
        scene_fill_n(scene, note, size, "running.step", "n", task->steps);
    if (scene->view->level >= LEVEL_LOOP && scene->state->handle != ID_NONE)
        snprintf(note + strlen(note), size - strlen(note), "%sh%u", *note ? " · " : "",
                 id_number(scene->state->handle));
}

static void draw_runner(DrawList *list, const Scene *scene, Rect r, Id id)
{
    char label[96], note[256], tip[512];
    const TaskState *task = state_task(scene->state, id);
    const char *name = scene_text(scene, "running.main");
    if (id != ID_MAIN || task)
        name = lane_label(scene->history, id, label, sizeof label);
    int padding = scene_px(scene, 12), head = scene_px(scene, scene->layout.compact ? 34 : 40);
    int radius = scene_px(scene, CARD_RADIUS), line = scene_px(scene, 1);
    bool tight = r.h < head + scene_px(scene, 28); /* room for one line only */
    int room = r.w - 2 * padding - scene_px(scene, BADGE + 16) -
               draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY), name);
    const char *own = chain_text(scene, id, tip, sizeof tip);
    if (tight)
        snprintf(note, sizeof note, "%.200s", own);
    else
        tell_step(list, scene, task, room, note, sizeof note);

    draw_group(list, GROUP_TASK(id), r);
    draw_fill(list, r, radius, COLOR_SUNKEN, 255);
    draw_frame(list, r, radius, line, COLOR_BORDER, 255);
    draw_hot(list, r, DO_SELECT, id, tip);
    Rect top = rect(r.x + padding, r.y, r.w - 2 * padding, tight ? r.h : head);
    draw_who(list, scene, top, name, note, id);
    if (!tight) {
        draw_fill(list, rect(r.x, top.y + head, r.w, line), 0, COLOR_BORDER, 255);
        draw_stack(list, scene, rect(top.x, top.y + head + line, top.w, r.h - head - 2 * line), id);
    }
    scene_selected(list, scene, r, radius, id);
    draw_ungroup(list);
}

static void draw_callback(DrawList *list, const Scene *scene, Rect r)
{
    char note[48] = "", call[128];
    int padding = scene_px(scene, 12), head = scene_px(scene, 40), radius = scene_px(scene, CARD_RADIUS);
    bool tight = r.h < head + scene_px(scene, 28);
    const char *name = scene_text(scene, "running.callback");
    callback_label(scene->state->call, call, sizeof call);
    if (scene->view->level >= LEVEL_LOOP)
        snprintf(note, sizeof note, "h%u", id_number(scene->state->handle));
    draw_group(list, GROUP_HANDLE(scene->state->handle), r);
    draw_fill(list, r, radius, COLOR_SUNKEN, 255);
    draw_dashed(list, r, radius, scene_px(scene, 1.4), scene_px(scene, 6), COLOR_RUNNING, 255);
    if (scene->state->queued)
        draw_hot(list, r, DO_GO, scene->state->queued, scene_text(scene, "tip.event"));
    Rect top = rect(r.x + padding, r.y, r.w - 2 * padding, tight ? r.h : head);
    draw_who(list, scene, top, name, tight && *call ? call : note, ID_NONE);
    if (!tight)
        scene_label(list, rect(top.x, top.y + head, top.w, scene_px(scene, 28)), FACE_CODE,
                    scene_px(scene, TEXT_BODY - 2), COLOR_TEXT, call, ID_NONE);
    draw_ungroup(list);
}

/* Nobody runs: the loop sleeps, decides, or everything is over. */
static const char *nobody(const Scene *scene)
{
    const State *state = scene->state;
    return state->stuck                                     ? "notice.stuck"
           : state->ended                                   ? "notice.finished"
           : state->selecting && state->select_timeout != 0 ? "running.sleeping"
                                                            : "empty.running";
}

void scene_running(DrawList *list, const Scene *scene, Rect r)
{
    Id id = scene_runner(scene);
    bool somebody = id != ID_NONE || scene->state->handle != ID_NONE;
    Rect room = scene_panel(list, scene, r, COLOR_TEXT, "panel.running", "panel.running.caption");
    scene_scroll_area(list, r, PANEL_RUNNING);
    if (somebody)
        draw_frame(list, r, scene_px(scene, RADIUS), scene_px(scene, 2.4), COLOR_RUNNING, 255);
    if (id != ID_NONE)
        draw_runner(list, scene, room, id);
    else if (somebody)
        draw_callback(list, scene, room);
    else
        scene_empty(list, scene, room, nobody(scene));
}
