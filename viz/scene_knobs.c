/*
 * scene_knobs.c — the lesson's knobs, in a strip below its source: name, a notch down, the value, a notch up.
 *
 * One that is not at its default stands out, and a click on its value sets it back. More than three
 * stand in two rows; where a row has not enough room for all of its own, their names are cut. Those of a
 * trace from a file show how it was made, and do not turn.
 */
#include "scene_parts.h"

#include <stdio.h>

enum { HEIGHT = 32, PADDING = 12, GAP = 14, INNER = 8, SIGN = 12, MEANING = 140, ONE_ROW = 3 };

static bool turns(const Scene *scene, const Knob *knob, int way)
{
    char value[64];
    return scene->lesson->runs_again && knob_turned(knob, way, value, sizeof value);
}

static void put_sign(DrawList *list, const Scene *scene, Rect r, const Knob *knob, size_t number, int way)
{
    int size = scene_px(scene, SIGN), thick = scene_px(scene, 2), x = r.x + r.w / 2, y = r.y + r.h / 2;
    bool can = turns(scene, knob, way);
    Color color = can ? COLOR_TEXT : COLOR_FAINT;
    draw_fill(list, rect(x - size / 2, y - thick / 2, size, thick), 0, color, 255);
    if (way > 0)
        draw_fill(list, rect(x - thick / 2, y - size / 2, thick, size), 0, color, 255);
    char tip[512];
    scene_fill(scene, tip, sizeof tip, way > 0 ? "tip.knob.up" : "tip.knob.down", "name", knob->name,
               "meaning", knob->meaning[scene->lang], NULL);
    if (can)
        draw_hot(list, r, DO_TURN, TURN_OF(number, way), tip);
}

/* Room for all that it can be turned to: its + stays where the mouse is. */
static int value_width(const DrawList *list, const Scene *scene, const Knob *knob)
{
    int size = scene_px(scene, TEXT_CAPTION), width = draw_width(list, FACE_CODE_BOLD, size, knob->shown);
    for (size_t k = 0; scene->lesson->runs_again && k < knob->choice_count; k++) {
        int word = draw_width(list, FACE_CODE_BOLD, size, knob->choices[k]);
        width = word > width ? word : width;
    }
    if (scene->lesson->runs_again && !knob->choices) {
        char most[16] = "0.15";
        if (knob->whole)
            snprintf(most, sizeof most, "%.0f", knob->most < 99999 ? knob->most : 99999);
        int number = draw_width(list, FACE_CODE_BOLD, size, most);
        width = number > width ? number : width;
    }
    return width;
}

/* What a knob takes without its name. */
static int bare_width(const DrawList *list, const Scene *scene, const Knob *knob)
{
    int buttons = scene->lesson->runs_again ? 2 * scene_px(scene, HEIGHT) : 0;
    return 2 * scene_px(scene, PADDING) + scene_px(scene, INNER) + buttons + value_width(list, scene, knob);
}

static int name_width(const DrawList *list, const Scene *scene, const Knob *knob)
{
    return draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), knob->name);
}

/* @return the x behind it */
static int put_knob(DrawList *list, const Scene *scene, Rect r, const Knob *knob, size_t number, int name)
{
    int size = scene_px(scene, TEXT_CAPTION), padding = scene_px(scene, PADDING), side = r.h;
    bool live = scene->lesson->runs_again, marked = scene->view->knob == number + 1;
    int value = value_width(list, scene, knob);
    char tip[512];
    bool back = live && knob->changed;
    scene_fill(scene, tip, sizeof tip, back ? "tip.knob.back" : "tip.knob", "name", knob->name, "meaning",
               knob->meaning[scene->lang], "usual", knob->usual, NULL);
    r.w = bare_width(list, scene, knob) + name;
    draw_fill(list, r, r.h / 2, COLOR_SUNKEN, 255);
    draw_frame(list, r, r.h / 2, scene_px(scene, marked ? 3 : 1),
               marked || knob->changed ? COLOR_FOCUS : COLOR_BORDER, 255);
    draw_hot(list, r, back ? DO_TURN : DO_NOTHING, back ? TURN_OF(number, 0) : 0, tip);
    draw_text_in(list, rect(r.x + padding, r.y, name, r.h), -1, FACE_UI, size, COLOR_MUTED, knob->name);
    int x = r.x + padding + name + scene_px(scene, INNER);
    if (live)
        put_sign(list, scene, rect(x, r.y, side, side), knob, number, -1);
    x += live ? side : 0;
    draw_text_in(list, rect(x, r.y, value, r.h), 0, knob->changed ? FACE_CODE_BOLD : FACE_CODE, size,
                 COLOR_TEXT, knob->shown);
    if (live)
        put_sign(list, scene, rect(x + value, r.y, side, side), knob, number, 1);
    return r.x + r.w;
}

/* What the marked one means, or the only one. */
static void put_meaning(DrawList *list, const Scene *scene, Rect r, const Knobs *knobs)
{
    size_t marked = scene->view->knob > 0 ? scene->view->knob - 1 : 0;
    if (marked < knobs->count && (scene->view->knob > 0 || knobs->count == 1))
        scene_label(list, r, FACE_UI, scene_px(scene, TEXT_CAPTION), COLOR_MUTED,
                    knobs->items[marked].meaning[scene->lang], ID_NONE);
}

/* Those from first to end, side by side; where the next would stand. */
static int put_row(DrawList *list, const Scene *scene, Rect r, size_t first, size_t end)
{
    const Knob *items = about_knobs(scene->lesson->about)->items;
    int gap = scene_px(scene, GAP), high = scene_px(scene, HEIGHT), x = r.x, room = r.w, names = 0;
    for (size_t k = first; k < end; k++) {
        room -= bare_width(list, scene, &items[k]) + (k > first ? gap : 0);
        names += name_width(list, scene, &items[k]);
    }
    for (size_t k = first; k < end; k++) {
        int name = name_width(list, scene, &items[k]);
        if (names > room)
            name = room > 0 ? (int)((int64_t)name * room / names) : 0;
        x = put_knob(list, scene, rect(x, r.y + (r.h - high) / 2, 0, high), &items[k], k, name) + gap;
    }
    return x;
}

size_t scene_knob_rows(const Knobs *knobs)
{
    return knobs->count > ONE_ROW ? 2 : knobs->count > 0;
}

void scene_knobs(DrawList *list, const Scene *scene, Rect r)
{
    if (r.h <= 0)
        return;
    const Knobs *knobs = about_knobs(scene->lesson->about);
    size_t rows = scene_knob_rows(knobs), each = (knobs->count + rows - 1) / rows;
    int line = scene_px(scene, 1), margin = scene_px(scene, 20), high = r.h / (int)rows, x = r.x;
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y, r.w, line), 0, COLOR_BORDER, 255);
    draw_fill(list, rect(r.x + r.w - line, r.y, line, r.h), 0, COLOR_BORDER, 255);
    draw_clip(list, r);
    size_t hots = list->hot_count;
    for (size_t row = 0; row < rows; row++) {
        size_t first = row * each, end = first + each < knobs->count ? first + each : knobs->count;
        x = put_row(list, scene, rect(r.x + margin, r.y + (int)row * high, r.w - 2 * margin, high), first,
                    end);
    }
    if (r.x + r.w - margin - x >= scene_px(scene, MEANING))
        put_meaning(list, scene, rect(x, r.y + r.h - high, r.x + r.w - margin - x, high), knobs);
    scene_clip_hots(list, hots, r);
    draw_unclip(list);
}
