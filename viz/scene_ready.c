/*
 * scene_ready.c — the ready queue: who runs next, in this order, and why each is there.
 *
 * The head is at the left and labelled "next"; what becomes ready joins behind the last card, where the
 * dashed place is. A plain callback stands in the same queue, but is no task: it has a dashed frame and no
 * badge of its own. Cards that do not fit are counted on a last card, which a wheel over the panel brings
 * into view.
 */
#include "cycle.h"
#include "scene_parts.h"

#include <stdio.h>
#include <string.h>

#define LEAST 150 /* units: a card in which name and reason can be read */

typedef struct Card {
    char name[96];
    char reason[160];
    char detail[160]; /* what the deeper levels add: it does not make the card wider */
    Id task;          /* ID_NONE: a plain callback */
    uint32_t since;   /* the event that put it here, 0: it is about to be */
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
    card->since = ready->since;
    card->key = is_its_card(scene->state, index) ? GROUP_TASK(ready->task) : GROUP_HANDLE(ready->handle);
    if (ready->task)
        lane_label(scene->history, ready->task, card->name, sizeof card->name);
    else
        snprintf(card->name, sizeof card->name, "%s", scene_text(scene, "running.callback"));

    char called[96];
    size_t at = 0;
    ready_label(scene->history, scene->state, ready, scene->lang, card->reason, sizeof card->reason);
    card->detail[0] = 0;
    if (level >= LEVEL_FUTURES && ready->future)
        at = (size_t)snprintf(card->detail, sizeof card->detail, "%c%u", id_kind(ready->future),
                              id_number(ready->future));
    if (level >= LEVEL_LOOP)
        snprintf(card->detail + at, sizeof card->detail - at, "%sh%u %s", at ? " · " : "",
                 id_number(ready->handle), callback_label(ready->callback, called, sizeof called));
}

/* A task that this very event created: its first step is about to be appended. */
static const TaskState *newborn(const State *state)
{
    const TaskState *last = state->task_count ? &state->tasks[state->task_count - 1] : NULL;
    if (!last || last->status != STATUS_READY || last->steps > 0 || last->created != state->i)
        return NULL;
    for (size_t k = state->ready_count; k-- > 0;)
        if (state->ready[k].task == last->id)
            return NULL;
    return last;
}

static void describe_newborn(const Scene *scene, const TaskState *task, Card *card)
{
    card->task = task->id;
    card->since = 0;
    card->key = GROUP_TASK(task->id);
    lane_label(scene->history, task->id, card->name, sizeof card->name);
    snprintf(card->reason, sizeof card->reason, "%s", scene_text(scene, "scene.created"));
    card->detail[0] = 0;
}

static void card_at(const Scene *scene, size_t k, Card *card)
{
    if (k < scene->state->ready_count)
        describe(scene, k, card);
    else
        describe_newborn(scene, newborn(scene->state), card);
}

static int next_width(const DrawList *list, const Scene *scene)
{
    return draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_CAPTION), scene_text(scene, "queue.head")) +
           scene_px(scene, 16);
}

/* What the head needs to say "next" beside its name; a very long name is cut all the same. */
static int head_width(const DrawList *list, const Scene *scene, const Card *card)
{
    int name = draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY), card->name);
    int most = scene_px(scene, 150);
    return scene_px(scene, BADGE + 8) + (name < most ? name : most) + next_width(list, scene) +
           scene_px(scene, 12) + scene_px(scene, 26);
}

static int card_width(const DrawList *list, const Scene *scene, const Card *card, bool first, int most)
{
    int name = scene_px(scene, BADGE + 8) +
               draw_width(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY), card->name) +
               (first ? next_width(list, scene) + scene_px(scene, 12) : 0);
    int reason = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), card->reason);
    int wanted = (name > reason ? name : reason) + scene_px(scene, 26);
    int least = first ? head_width(list, scene, card) : scene_px(scene, 140);
    most = most > least ? most : least;
    wanted = wanted < least ? least : wanted;
    return wanted < most ? wanted : most;
}

static void draw_next(DrawList *list, const Scene *scene, Rect r)
{
    draw_fill(list, r, r.h / 2, COLOR_READY, 255);
    draw_text_in(list, r, 0, FACE_UI_BOLD, scene_px(scene, TEXT_CAPTION), COLOR_ON_STATE,
                 scene_text(scene, "queue.head"));
}

/* The badge, the name, and "next" on the head: rather is the name smaller, and cut. */
static void draw_name(DrawList *list, const Scene *scene, Rect r, const Card *card, bool first)
{
    int badge = scene_px(scene, BADGE), size = scene_px(scene, TEXT_BODY), gap = scene_px(scene, 8);
    int low = draw_height(list, FACE_UI, scene_px(scene, TEXT_CAPTION)), high = low < r.h ? low : r.h;
    int x = r.x + badge + gap, end = r.x + r.w, wide = next_width(list, scene);
    Face face = card->task ? FACE_UI_BOLD : FACE_UI;
    if (card->task)
        scene_badge(list, scene, r.x, r.y + (r.h - badge) / 2, badge, card->task);
    else
        scene_callback_badge(list, scene, rect(r.x, r.y + (r.h - badge) / 2, badge, badge));
    if (first) {
        end -= wide + gap;
        draw_next(list, scene, rect(r.x + r.w - wide, r.y + (r.h - high) / 2, wide, high));
    }
    while (size > scene_px(scene, TEXT_CAPTION) && draw_width(list, face, size, card->name) > end - x)
        size--;
    scene_name(list, scene, rect(x, r.y, end - x, r.h), face, size, COLOR_TEXT, card->name, card->task);
}

/* "new task → first run": where a row has no room for all of it, what it will do has a row of its own; where
 * there is none, why it is here is more than that. @return what stands in the next row, NULL: nothing */
static const char *shorten(const DrawList *list, int room, int size, char *reason, bool next_row)
{
    char *then = strstr(reason, " → ");
    then = then ? then : strstr(reason, " · ");
    if (!then || draw_width(list, FACE_UI, size, reason) <= room)
        return NULL;
    *then = '\0';
    return next_row ? then + 1 : NULL;
}

/* Name, reason, and a third line where the card is high enough: for the detail, which else joins the second,
 * or for what of the reason has no room. */
static void draw_lines(DrawList *list, const Scene *scene, Rect r, const Card *card, bool first)
{
    char both[324];
    int caption = scene_px(scene, TEXT_CAPTION), low = draw_height(list, FACE_UI, caption),
        badge = scene_px(scene, BADGE);
    int row = draw_height(list, FACE_UI_BOLD, scene_px(scene, TEXT_BODY));
    row = row > badge ? row : badge;
    bool room = row + 2 * low + scene_px(scene, 2) <= r.h, detail = *card->detail && room;
    snprintf(both, sizeof both, "%s%s%s", card->reason, *card->detail && !room ? " · " : "",
             detail ? "" : card->detail);
    const char *then = NULL;
    if (detail || !*card->detail)
        then = shorten(list, r.w, caption, both, room && !detail);
    bool third = detail || then;
    int lines = third ? 2 : 1, rest = r.h - row - lines * low, gap = rest > 0 ? rest / (lines + 2) : 0;
    int above = then && rest > 0 ? rest * 2 / 5 : gap; /* the badge is higher than what is written */
    int under = then && rest > 0 ? rest / 5 : gap, y = r.y + above;
    draw_name(list, scene, rect(r.x, y, r.w, row), card, first);
    y += row + under;
    scene_label(list, rect(r.x, y, r.w, low), FACE_UI, caption, COLOR_MUTED, both, card->task);
    if (then)
        scene_label(list, rect(r.x, y + low, r.w, low), FACE_UI, caption, COLOR_MUTED, then, card->task);
    else if (detail)
        scene_label(list, rect(r.x, y + low + gap / 2, r.w, low), FACE_CODE, caption - scene_px(scene, 1),
                    COLOR_MUTED, card->detail, card->task);
}

static void draw_card(DrawList *list, const Scene *scene, Rect r, const Card *card, bool first)
{
    char tip[448];
    int radius = scene_px(scene, CARD_RADIUS), line = scene_px(scene, first ? 2.4 : 1.4);
    snprintf(tip, sizeof tip, "%s: %s%s%s", card->name, card->reason, *card->detail ? " · " : "",
             card->detail);
    draw_group(list, card->key, r);
    draw_fill(list, r, radius, card->task ? COLOR_SUNKEN : COLOR_PANEL, 255);
    draw_dashed(list, r, radius, line, card->task ? 0 : scene_px(scene, 6), COLOR_READY, 255);
    if (card->task)
        draw_hot(list, r, DO_SELECT, card->task, tip);
    else
        draw_hot(list, r, DO_GO, card->since, tip);
    draw_lines(list, scene, rect_inset(r, scene_px(scene, 12), 0), card, first);
    if (card->task && card->since) { /* why it is here: a click goes to when it came */
        snprintf(tip, sizeof tip, "%s%s%s\n%s", card->reason, *card->detail ? " · " : "", card->detail,
                 scene_text(scene, "tip.event"));
        draw_hot(list, rect(r.x, r.y + r.h * 11 / 20, r.w, r.h - r.h * 11 / 20), DO_GO, card->since, tip);
    }
    scene_selected(list, scene, r, radius, card->task);
    draw_ungroup(list);
}

/* Where what becomes ready next will stand; short of room it says so in one word. */
static void draw_tail(DrawList *list, const Scene *scene, Rect r, bool empty, bool brief)
{
    int size = scene_px(scene, TEXT_CAPTION), high = draw_height(list, FACE_UI, size);
    const char *key = empty ? "empty.ready" : "queue.tail";
    draw_dashed(list, r, scene_px(scene, CARD_RADIUS), scene_px(scene, 1), scene_px(scene, 6), COLOR_FAINT,
                255);
    int lines = brief ? 1 : 2;
    Rect words =
        rect(r.x + scene_px(scene, 10), r.y + (r.h - lines * high) / 2, r.w - 2 * scene_px(scene, 10), high);
    draw_text_in(list, words, 0, FACE_UI, size, COLOR_MUTED, scene_text(scene, key));
    words.y += high;
    if (!brief)
        draw_text_in(list, words, 0, FACE_UI, size, COLOR_FAINT, scene_text(scene, "queue.tail.hint"));
    draw_hot(list, r, DO_NOTHING, 0, scene_text(scene, "queue.tail.hint"));
}

static int tail_width(const DrawList *list, const Scene *scene, bool empty, bool brief)
{
    int size = scene_px(scene, TEXT_CAPTION);
    int key = draw_width(list, FACE_UI, size, scene_text(scene, empty ? "empty.ready" : "queue.tail"));
    int hint = brief ? 0 : draw_width(list, FACE_UI, size, scene_text(scene, "queue.tail.hint"));
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

/* How wide a card may be: as it likes when there are few, else so that all fit, else so that as many as can
 * be read share the room with the card that counts the rest. The head takes `head` more than the others. */
static int widest(const Scene *scene, int room, size_t count, int gap, int more, int head)
{
    int least = scene_px(scene, LEAST), most = scene_px(scene, 430), cards = count < 100 ? (int)count : 100;
    room -= count > 1 ? head : 0;
    int share = cards ? (room - gap * (cards - 1)) / cards : most;
    if (share < least) {
        int fit = (room - more) / (least + gap);
        share = fit > 0 ? (room - more - fit * gap) / fit : room - more - gap;
    }
    return share > most ? most : share;
}

/* Cards from number `first` on, what is left over as a last card, or else the place at the tail. */
static void draw_queue(DrawList *list, const Scene *scene, Rect room, size_t first, size_t count)
{
    int gap = scene_px(scene, 12), more = scene_px(scene, 96), x = room.x, right = room.x + room.w;
    Card card;
    size_t next = state_next_ready(scene->state, scene->history);
    if (count > 0)
        card_at(scene, next < count ? next : 0, &card);
    int head = count > 0 && first <= next ? head_width(list, scene, &card) - scene_px(scene, LEAST) : 0;
    int most = widest(scene, room.w, count, gap, more, head > 0 ? head : 0);
    int tail = tail_width(list, scene, count == 0, false), word = tail_width(list, scene, count == 0, true);
    size_t k = first;
    if (first > 0) {
        draw_more(list, scene, rect(x, room.y, more, room.h), first);
        x += more + gap;
    }
    for (; k < count; k++) {
        card_at(scene, k, &card);
        int width = card_width(list, scene, &card, k == next, most),
            end = right - (k + 1 == count ? 0 : gap + more);
        if (x + width > end && k > first)
            break;
        width = x + width > end ? end - x : width;
        draw_card(list, scene, rect(x, room.y, width, room.h), &card, k == next);
        x += width + gap;
    }
    if (k < count)
        draw_more(list, scene, rect(x, room.y, more, room.h), count - k);
    else if (x + word <= right)
        draw_tail(list, scene, rect(x, room.y, x + tail <= right ? tail : word, room.h), count == 0,
                  x + tail > right);
}

void scene_ready(DrawList *list, const Scene *scene, Rect r)
{
    const State *state = scene->state;
    Cycle cycle;
    bool is_cycle = state->ready_count == 0 && cycle_find(&cycle, scene->history, state);
    const char *caption = is_cycle                           ? "panel.ready.caption.cycle"
                          : history_schedule(scene->history) ? "panel.ready.caption.schedule"
                                                             : "panel.ready.caption";
    Rect room = scene_panel(list, scene, r, COLOR_TEXT, "panel.ready", caption);
    if (history_iterations(scene->history) == 0 && state->ready_count == 0) {
        scene_empty(list, scene, room, "phase.no_loop");
        return;
    }
    if (is_cycle) {
        scene_cycle(list, scene, room, &cycle);
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
