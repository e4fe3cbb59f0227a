/*
 * source_chips.c — who stands at which line: a suspended frame stays visible, as its task's chip.
 *
 * One walk over all tasks finds every line at which somebody stands. A task stands at one line; the frames
 * around it, which wait for it, have the same chip in grey. Chips of a line show names where all of them fit,
 * else badges.
 */
#include "source_parts.h"

#include <stdio.h>

/* Where a task stands: at its line, or, before its first step, at its def. The runner stands where it is lit.
 */
static uint32_t stands_at(const Scene *scene, const Page *page, const TaskState *task)
{
    if (task->id == page->runner && page->runs)
        return page->first;
    if (task->line)
        return page_line(scene, page, task->source, task->line);
    const Lane *lane = history_lane_of(scene->history, task->id);
    if (!lane || lane->helper || lane->defined == 0)
        return 0;
    return page->tab == TAB_C ? history_c_line(scene->history, lane->defined) : lane->defined;
}

/* A new line that finds no place any more is left out: nobody reads so many. */
static void add_chip(Places *places, uint32_t line, Chip chip)
{
    size_t k = 0;
    while (k < places->count && places->place[k].line != line)
        k++;
    if (line == 0 || k == PLACES)
        return;
    Place *place = &places->place[k];
    if (k == places->count) {
        place->line = line;
        place->count = 0;
        places->count++;
    }
    if (place->count < CHIPS)
        place->chips[place->count] = chip;
    place->count++;
}

/* The lines of the frames around where a task stands, each once. */
static void add_outer(Places *places, const Scene *scene, const Page *page, const TaskState *task,
                      uint32_t here)
{
    const Frame *frames = page->frames;
    size_t count = page->frame_count;
    if (task->id != page->runner) {
        Event ran = task->ran ? history_event(scene->history, task->ran) : (Event){0};
        frames = ran.chain;
        count = ran.chain_count;
    }
    for (size_t k = 0; k < count; k++) {
        uint32_t line = frames[k].source ? page_line(scene, page, frames[k].source, frames[k].line) : 0;
        bool known = line == here;
        for (size_t before = 0; before < k && !known; before++)
            known = frames[before].source &&
                    page_line(scene, page, frames[before].source, frames[before].line) == line;
        if (!known)
            add_chip(places, line, (Chip){task->id, task->status, true});
    }
}

/* By name where there is room, else by badge. */
static const char *chip_name(const Scene *scene, const Chip *chip, bool brief, char *buffer, size_t size)
{
    return brief ? lane_badge(scene->history, chip->id, buffer, size)
                 : lane_label(scene->history, chip->id, buffer, size);
}

static int chip_width(const DrawList *list, const Scene *scene, const Chip *chip, bool brief)
{
    char name[96];
    int width = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION - 1),
                           chip_name(scene, chip, brief, name, sizeof name));
    int most = scene_px(scene, 130);
    return (width < most ? width : most) + scene_px(scene, 34);
}

static void draw_chip(DrawList *list, const Scene *scene, Rect r, const Chip *chip, bool brief)
{
    char name[96], label[96];
    int radius = scene_px(scene, 6), symbol = scene_px(scene, 10), x = r.x + scene_px(scene, 9);
    bool plain = chip->outer || chip->status <= STATUS_IDLE;
    Color state = status_color(chip->status), ink = plain ? COLOR_MUTED : on_color(state);
    draw_fill(list, r, radius, plain ? COLOR_SUNKEN : state, 255);
    if (plain)
        draw_frame(list, r, radius, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_hot(list, r, DO_SELECT, chip->id, lane_label(scene->history, chip->id, label, sizeof label));
    scene_symbol(list, scene, rect(x, r.y + (r.h - symbol) / 2, symbol, symbol), chip->status, ink);
    x += symbol + scene_px(scene, 6);
    scene_label(list, rect(x, r.y, r.x + r.w - x - scene_px(scene, 4), r.h), FACE_UI,
                scene_px(scene, TEXT_CAPTION - 1), ink, chip_name(scene, chip, brief, name, sizeof name),
                chip->id);
    scene_selected(list, scene, r, radius, chip->id);
}

static ChipRow fit_as(const DrawList *list, const Scene *scene, const Chip *chips, size_t count, int room,
                      bool brief)
{
    ChipRow row = {.count = count, .brief = brief};
    int gap = scene_px(scene, 8),
        more = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), "+99") + gap;
    while (row.fits < count && row.fits < CHIPS) {
        int next = row.width + gap + chip_width(list, scene, &chips[row.fits], brief);
        if (next + (row.fits + 1 < count ? more : 0) > room)
            break;
        row.width = next;
        row.fits++;
    }
    row.width += row.fits < count ? more : 0;
    return row;
}

void places_find(Places *places, const Scene *scene, const Page *page)
{
    places->count = 0;
    for (size_t k = 0; page->tab != TAB_LOOP && k < scene->state->task_count; k++) {
        const TaskState *task = &scene->state->tasks[k];
        uint32_t here = stands_at(scene, page, task);
        add_chip(places, here, (Chip){task->id, task->status, false});
        add_outer(places, scene, page, task, here);
    }
}

const Place *places_at(const Places *places, uint32_t line)
{
    for (size_t k = 0; k < places->count; k++)
        if (places->place[k].line == line)
            return &places->place[k];
    return NULL;
}

ChipRow chips_fit(const DrawList *list, const Scene *scene, const Place *place, int room, bool brief)
{
    ChipRow row = fit_as(list, scene, place->chips, place->count, room, brief);
    return row.fits == row.count ? row : fit_as(list, scene, place->chips, place->count, room, true);
}

void chips_draw(DrawList *list, const Scene *scene, Rect r, const Place *place, ChipRow row)
{
    const Chip *chips = place->chips;
    int gap = scene_px(scene, 8), high = scene_px(scene, 24), x = r.x,
        y = r.y + (r.h - high) / 2 + scene_px(scene, 1);
    for (size_t k = 0; k < row.fits; k++) {
        int width = chip_width(list, scene, &chips[k], row.brief);
        draw_chip(list, scene, rect(x + gap, y, width, high), &chips[k], row.brief);
        x += gap + width;
    }
    if (row.fits == row.count)
        return;
    char more[24], names[512] = "", label[96];
    size_t at = 0;
    snprintf(more, sizeof more, "+%zu", row.count - row.fits);
    for (size_t k = row.fits; k < row.count && k < CHIPS && at + 98 < sizeof names; k++)
        at += (size_t)snprintf(names + at, sizeof names - at, "%s%.90s", k > row.fits ? " · " : "",
                               lane_label(scene->history, chips[k].id, label, sizeof label));
    Rect rest = rect(x + gap, r.y, r.x + row.width - x - gap, r.h);
    draw_text_in(list, rest, -1, FACE_UI, scene_px(scene, TEXT_CAPTION), COLOR_MUTED, more);
    draw_hot(list, rest, DO_NOTHING, 0, names);
}
