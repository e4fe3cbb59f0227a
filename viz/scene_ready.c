/*
 * scene_ready.c — the ready queue: who runs next, in this order, and why each is there.
 *
 * The head is at the left and labelled "next"; what becomes ready joins behind the last card, where the
 * dashed place is. A plain callback stands in the same queue, but is no task: it has a dashed frame and no
 * badge of its own. Cards that do not fit are counted on a last card, which a wheel over the panel brings
 * into view.
 */
#include "scene_parts.h"

#include <stdio.h>

typedef struct Card {
    char name[96];
    char reason[256]; /* why it is there, and what the deeper levels add */
    Id task;          /* ID_NONE: a plain callback */
    uint64_t key;
} Card;

/* A task has one card, wherever it is; a second handle of it is a card of its own. */
static bool is_its_card(const State *state, size_t index)
{
    Id task = state->ready[index].task;
    const TaskState *of = task ? state_task(state, task) : NULL;
    if (!of || of->status != STATUS_READY)
        return false;
    for (size_t k = 0; k < index; k++)
        if (state->ready[k].task == task)
            return false;
    return true;
}

static void describe(const Scene *scene, size_t index, Card *card)
{
    const ReadyState *ready = &scene->state->ready[index];
    Level level = scene->view->level;
    card->task = ready->task;
    card->key = is_its_card(scene->state, index) ? GROUP_TASK(ready->task) : GROUP_HANDLE(ready->handle);
    if (ready->task)
        lane_label(scene->history, ready->task, card->name, sizeof card->name);
    else
        snprintf(card->name, sizeof card->name, "%s", scene_text(scene, "running.callback"));

    char why[128], future[32] = "", handle[128] = "", called[96];
    if (level >= LEVEL_FUTURES && ready->future)
        snprintf(future, sizeof future, " · %c%u", id_kind(ready->future), id_number(ready->future));
    if (level >= LEVEL_LOOP)
        snprintf(handle, sizeof handle, " · h%u%s%s", id_number(ready->handle), ready->callback ? " " : "",
                 callback_label(ready->callback, called, sizeof called));
    snprintf(card->reason, sizeof card->reason, "%s%s%s",
             ready_label(scene->history, ready, scene->lang, why, sizeof why), future, handle);
}

/* A task that was created this moment: its step is about to be appended. */
static const TaskState *newborn(const State *state)
{
    const TaskState *last = state->task_count ? &state->tasks[state->task_count - 1] : NULL;
    if (!last || last->status != STATUS_READY)
        return NULL;
    for (size_t k = state->ready_count; k-- > 0;)
        if (state->ready[k].task == last->id)
            return NULL;
    return last;
}

static void describe_newborn(const Scene *scene, const TaskState *task, Card *card)
{
    card->task = task->id;
    card->key = GROUP_TASK(task->id);
    lane_label(scene->history, task->id, card->name, sizeof card->name);
    snprintf(card->reason, sizeof card->reason, "%s", scene_text(scene, "scene.created"));
}

static int next_width(const DrawList *list, const Scene *scene)
{
    return draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_CAPTION), scene_text(scene, "queue.head")) +
           scene_px(scene, 16);
}

static int card_width(const DrawList *list, const Scene *scene, const Card *card, bool first, int most)
{
    int name = scene_px(scene, BADGE + 8) +
               draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY), card->name) +
               (first ? next_width(list, scene) + scene_px(scene, 12) : 0);
    int reason = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), card->reason);
    int wanted = (name > reason ? name : reason) + scene_px(scene, 26);
    int least = scene_px(scene, 140);
    wanted = wanted < least ? least : wanted;
    return wanted < most ? wanted : most;
}

static void draw_next(DrawList *list, const Scene *scene, Rect r)
{
    draw_fill(list, r, r.h / 2, COLOR_READY, 255);
    draw_text_in(list, r, 0, FACE_UI_BOLD, scene_px(scene, TEXT_CAPTION), COLOR_ON_STATE,
                 scene_text(scene, "queue.head"));
}

static void draw_card(DrawList *list, const Scene *scene, Rect r, const Card *card, bool first)
{
    int radius = scene_px(scene, CARD_RADIUS), padding = scene_px(scene, 12), badge = scene_px(scene, BADGE);
    int caption = scene_px(scene, TEXT_CAPTION), low = draw_height(list, FACE_UI, caption);
    int row = draw_height(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY)), gap = (r.h - row - low) / 3;
    row = row > badge ? row : badge;
    gap = gap < 0 ? 0 : (r.h - row - low) / 3;
    int y = r.y + gap, x = r.x + padding, room = r.w - 2 * padding;

    draw_group(list, card->key, r);
    draw_fill(list, r, radius, card->task ? COLOR_SUNKEN : COLOR_PANEL, 255);
    if (card->task)
        draw_frame(list, r, radius, scene_px(scene, first ? 2.4 : 1.4), COLOR_READY, 255);
    else
        draw_dashed(list, r, radius, scene_px(scene, first ? 2.4 : 1.4), scene_px(scene, 6), COLOR_READY,
                    255);
    draw_hot(list, r, card->task ? DO_SELECT : DO_NOTHING, card->task, card->reason);
    if (card->task)
        scene_badge(list, scene, x, y + (row - badge) / 2, badge, card->task);
    else
        scene_callback_badge(list, scene, rect(x, y + (row - badge) / 2, badge, badge));
    int name = x + badge + scene_px(scene, 8), end = x + room;
    int wide = next_width(list, scene), high = low < row ? low : row;
    int said = draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY), card->name);
    if (first && name + said + wide + scene_px(scene, 6) <= end) { /* else its thick frame says so */
        end -= wide + scene_px(scene, 6);
        draw_next(list, scene, rect(x + room - wide, y + (row - high) / 2, wide, high));
    }
    scene_label(list, rect(name, y, end - name, row), card->task ? FACE_UI_BOLD : FACE_UI,
                scene_px(scene, TEXT_BODY), COLOR_TEXT, card->name, card->task);
    scene_label(list, rect(x, y + row + gap, room, low), FACE_UI, caption, COLOR_MUTED, card->reason,
                card->task);
    scene_selected(list, scene, r, radius, card->task);
    draw_ungroup(list);
}

/* Where what becomes ready next will stand. */
static void draw_tail(DrawList *list, const Scene *scene, Rect r, bool empty)
{
    int size = scene_px(scene, TEXT_CAPTION), high = draw_height(list, FACE_UI, size);
    const char *key = empty ? "empty.ready" : "queue.tail";
    draw_dashed(list, r, scene_px(scene, CARD_RADIUS), scene_px(scene, 1), scene_px(scene, 6), COLOR_FAINT,
                255);
    Rect words = rect_inset(r, scene_px(scene, 10), (r.h - 2 * high) / 2);
    draw_text_in(list, rect(words.x, words.y, words.w, high), 0, FACE_UI, size, COLOR_MUTED,
                 scene_text(scene, key));
    draw_text_in(list, rect(words.x, words.y + high, words.w, high), 0, FACE_UI, size, COLOR_FAINT,
                 scene_text(scene, "queue.tail.hint"));
    draw_hot(list, r, DO_NOTHING, 0, scene_text(scene, "queue.tail.hint"));
}

static int tail_width(const DrawList *list, const Scene *scene, bool empty)
{
    int size = scene_px(scene, TEXT_CAPTION);
    int key = draw_width(list, FACE_UI, size, scene_text(scene, empty ? "empty.ready" : "queue.tail"));
    int hint = draw_width(list, FACE_UI, size, scene_text(scene, "queue.tail.hint"));
    return (key > hint ? key : hint) + scene_px(scene, 26);
}

/* "+3 more", as a card that is not one. */
static void draw_more(DrawList *list, const Scene *scene, Rect r, size_t more)
{
    char text[64];
    scene_fill_n(scene, text, sizeof text, "queue.more", "n", (int64_t)more);
    draw_fill(list, r, scene_px(scene, CARD_RADIUS), COLOR_SUNKEN, 255);
    draw_text_in(list, r, 0, FACE_UI_BOLD, scene_px(scene, TEXT_CAPTION), COLOR_MUTED, text);
}

/* The first card in sight: the reader's wheel moves by whole cards. */
static size_t first_card(const Scene *scene, size_t count)
{
    int step = scene_px(scene, 60), scrolled = scene->view->scroll[PANEL_READY];
    size_t first = scrolled > 0 ? (size_t)(scrolled / step) : 0;
    return count == 0 ? 0 : first < count ? first : count - 1;
}

/* How wide a card may be: as wide as it likes when there are few, else so that all fit, within reason. */
static int widest(const Scene *scene, int room, size_t count, int gap)
{
    int share =
        count ? (room - gap * (int)(count < 100 ? count - 1 : 99)) / (int)(count < 100 ? count : 100) : room;
    int least = scene_px(scene, 168), most = scene_px(scene, 320);
    return share < least ? least : share > most ? most : share;
}

/* Cards from number `first` on, what is left over as a last card, or else the place at the tail. */
static void draw_queue(DrawList *list, const Scene *scene, Rect room, size_t first, size_t count)
{
    const State *state = scene->state;
    int gap = scene_px(scene, 12), more = scene_px(scene, 96), x = room.x, right = room.x + room.w;
    int most = widest(scene, room.w, count, gap), tail = tail_width(list, scene, count == 0);
    size_t k = first;
    if (first > 0) {
        draw_more(list, scene, rect(x, room.y, more, room.h), first);
        x += more + gap;
    }
    for (; k < count; k++) {
        Card card;
        if (k < state->ready_count)
            describe(scene, k, &card);
        else
            describe_newborn(scene, newborn(state), &card);
        int width = card_width(list, scene, &card, k == 0, most),
            end = right - (k + 1 == count ? 0 : gap + more);
        if (x + width > end && k > first)
            break;
        width = x + width > end ? end - x : width;
        draw_card(list, scene, rect(x, room.y, width, room.h), &card, k == 0);
        x += width + gap;
    }
    if (k < count)
        draw_more(list, scene, rect(x, room.y, more, room.h), count - k);
    else if (x + tail <= right)
        draw_tail(list, scene, rect(x, room.y, tail, room.h), count == 0);
}

void scene_ready(DrawList *list, const Scene *scene, Rect r)
{
    const State *state = scene->state;
    Rect room = scene_panel(list, scene, r, COLOR_TEXT, "panel.ready", "panel.ready.caption");
    if (history_iterations(scene->history) == 0 && state->ready_count == 0) {
        scene_empty(list, scene, room, "phase.no_loop");
        return;
    }
    size_t count = state->ready_count + (newborn(state) != NULL);
    int most = scene_px(scene, 92), high = room.h < most ? room.h : most;
    scene_scroll_area(list, r, PANEL_READY);
    draw_clip(list, rect_inset(r, scene_px(scene, 2), scene_px(scene, 2)));
    draw_queue(list, scene, rect(room.x, room.y + (room.h - high) / 3, room.w, high),
               first_card(scene, count), count);
    draw_unclip(list);
}
