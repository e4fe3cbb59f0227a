/*
 * scene_transport.c — the controls of time, at the foot of the window.
 *
 *     (|◀◀) (|◀) (▶) (▶|) (▶▶|)   − 1× +   ━━━━━━━●──────┬──┬────   event · beat · iteration
 *
 * Every control that goes forward has its twin that goes back, the same distance from the middle. The
 * scrubber spans the whole trace; under it a tick where an iteration begins, and smaller ones where beats
 * stop.
 */
#include "scene_parts.h"

#include <math.h>
#include <stdio.h>

enum {
    BUTTON = 44, /* units */
    PLAY = 54,
    TRACK = 8,
    KNOB = 20,
    TICK_APART = 5, /* px: ticks that stand closer are not drawn */
};

/** What is drawn in a button. */
typedef enum Sign { SIGN_START, SIGN_BACK, SIGN_PLAY, SIGN_PAUSE, SIGN_FORWARD, SIGN_END } Sign;

static void bar(DrawList *list, int x, int cy, int w, int h, Color color)
{
    draw_fill(list, rect(x, cy - h / 2, w, h), w / 2, color, 255);
}

/** Triangles and bars in the middle of r; `back` signs are the mirror images of the forward ones. */
static void sign(DrawList *list, const Scene *scene, Rect r, Sign which, Color color)
{
    int h = r.h * 36 / 100, w = h * 86 / 100, thin = scene_px(scene, 3), gap = scene_px(scene, 2);
    int cx = r.x + r.w / 2, cy = r.y + r.h / 2, small = w * 72 / 100;
    switch (which) {
    case SIGN_PLAY:
        draw_triangle(list, rect(cx - w / 2 + w / 8, cy - h / 2, w, h), 0, color, 255);
        break;
    case SIGN_PAUSE:
        bar(list, cx - w / 2, cy, w / 3, h, color);
        bar(list, cx + w / 2 - w / 3, cy, w / 3, h, color);
        break;
    case SIGN_FORWARD:
        draw_triangle(list, rect(cx - (w + gap + thin) / 2, cy - h / 2, w, h), 0, color, 255);
        bar(list, cx + (w + gap - thin) / 2, cy, thin, h, color);
        break;
    case SIGN_BACK:
        draw_triangle(list, rect(cx - (w - gap - thin) / 2, cy - h / 2, w, h), 2, color, 255);
        bar(list, cx - (w + gap + thin) / 2, cy, thin, h, color);
        break;
    case SIGN_END:
        draw_triangle(list, rect(cx - small - thin / 2, cy - h / 2, small, h), 0, color, 255);
        draw_triangle(list, rect(cx - thin / 2, cy - h / 2, small, h), 0, color, 255);
        bar(list, cx + small - thin / 2 + gap, cy, thin, h, color);
        break;
    case SIGN_START:
        draw_triangle(list, rect(cx + thin / 2, cy - h / 2, small, h), 2, color, 255);
        draw_triangle(list, rect(cx - small + thin / 2, cy - h / 2, small, h), 2, color, 255);
        bar(list, cx - small - thin / 2 - gap, cy, thin, h, color);
        break;
    }
}

/** A round button; one that cannot do anything now is faint, and says why. */
static void button(DrawList *list, const Scene *scene, Rect r, Sign which, Action action, bool able,
                   const char *tip_key, const char *unable_key)
{
    draw_fill(list, r, r.w / 2, COLOR_SUNKEN, able ? 255 : 120);
    draw_frame(list, r, r.w / 2, scene_px(scene, 1), COLOR_BORDER, able ? 255 : 120);
    size_t first = list->count;
    sign(list, scene, r, which, able ? COLOR_TEXT : COLOR_FAINT);
    for (size_t k = first; !able && k < list->count; k++)
        list->items[k].alpha = 110;
    draw_hot(list, r, able ? (int)action : DO_NOTHING, 0, scene_text(scene, able ? tip_key : unable_key));
}

static void play_button(DrawList *list, const Scene *scene, Rect r)
{
    bool playing = scene->view->playing;
    draw_fill(list, r, r.w / 2, COLOR_FOCUS, 255);
    sign(list, scene, r, playing ? SIGN_PAUSE : SIGN_PLAY, COLOR_PANEL);
    draw_hot(list, r, DO_PLAY, 0, scene_text(scene, playing ? "tip.pause" : "tip.play"));
}

/** @return the x behind the buttons */
static int buttons(DrawList *list, const Scene *scene, Rect r)
{
    const View *view = scene->view;
    bool before = view->i > 0, after = view->i < history_count(scene->history);
    int gap = scene_px(scene, scene->layout.compact ? 10 : 16), cy = r.y + r.h / 2, x = r.x;
    int most = r.h - scene_px(scene, 8), play = scene_px(scene, PLAY), size = scene_px(scene, BUTTON);
    play = play > most ? most : play;
    size = size > play * 5 / 6 ? play * 5 / 6 : size;
    button(list, scene, rect(x, cy - size / 2, size, size), SIGN_START, DO_START, before, "tip.start",
           "notice.start");
    x += size + gap;
    button(list, scene, rect(x, cy - size / 2, size, size), SIGN_BACK, DO_BACK, before, "tip.back",
           "notice.start");
    x += size + gap;
    play_button(list, scene, rect(x, cy - play / 2, play, play));
    x += play + gap;
    button(list, scene, rect(x, cy - size / 2, size, size), SIGN_FORWARD, DO_FORWARD, after, "tip.forward",
           "notice.end");
    x += size + gap;
    button(list, scene, rect(x, cy - size / 2, size, size), SIGN_END, DO_END, after, "tip.end", "notice.end");
    return x + size;
}

/* ------------------------------------------------------------------------------ speed and step ---- */

static void segment(DrawList *list, const Scene *scene, Rect r, bool chosen, const char *text, Action action,
                    int64_t argument, const char *tip)
{
    Rect inside = rect_inset(r, scene_px(scene, 3), scene_px(scene, 3));
    if (chosen)
        draw_fill(list, inside, inside.h / 2, COLOR_FOCUS, 255);
    draw_text_in(list, r, 0, chosen ? FACE_UI_BOLD : FACE_UI, scene_px(scene, TEXT_CAPTION),
                 chosen ? COLOR_PANEL : COLOR_MUTED, text);
    draw_hot(list, r, (int)action, argument, tip);
}

static void rail(DrawList *list, const Scene *scene, Rect r)
{
    draw_fill(list, r, r.h / 2, COLOR_SUNKEN, 255);
    draw_frame(list, r, r.h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
}

/** − 1× +. @return the x behind it */
static int speed(DrawList *list, const Scene *scene, int x, Rect bar_rect, int h)
{
    char text[24];
    double value = scene->view->speed;
    snprintf(text, sizeof text, "%.4g×", value);
    int side = scene_px(scene, 34), middle = scene_px(scene, 66), y = bar_rect.y + (bar_rect.h - h) / 2;
    Rect r = rect(x, y, 2 * side + middle, h);
    rail(list, scene, r);
    int arm = scene_px(scene, 6), line = scene_px(scene, 2), cy = y + h / 2;
    int minus = x + side / 2 + scene_px(scene, 3), plus = r.x + r.w - side / 2 - scene_px(scene, 3);
    draw_fill(list, rect(minus - arm, cy - line / 2, 2 * arm, line), 0, COLOR_MUTED, 255);
    draw_fill(list, rect(plus - arm, cy - line / 2, 2 * arm, line), 0, COLOR_MUTED, 255);
    draw_fill(list, rect(plus - line / 2, cy - arm, line, 2 * arm), 0, COLOR_MUTED, 255);
    draw_text_in(list, rect(x + side, y, middle, h), 0, FACE_CODE, scene_px(scene, TEXT_CAPTION), COLOR_TEXT,
                 text);
    draw_hot(list, rect(x, y, side, h), DO_SLOWER, 0, scene_text(scene, "timeline.slower"));
    draw_hot(list, rect(x + side, y, middle, h), DO_SPEED, 0, scene_text(scene, "tip.speed"));
    draw_hot(list, rect(x + side + middle, y, side, h), DO_FASTER, 0, scene_text(scene, "timeline.faster"));
    return r.x + r.w;
}

static const struct {
    Step step;
    const char *key, *tip_key;
} sizes[] = {
    {STEP_EVENT, "step.event", "tip.step.event"},
    {STEP_BEAT, "step.beat", "tip.step.beat"},
    {STEP_ITERATION, "step.iteration", "tip.step.iteration"},
};

/** The sizes of a step side by side. @return their left edge */
static int step_sizes(DrawList *list, const Scene *scene, int right, Rect bar_rect, int h)
{
    int padding = scene_px(scene, scene->layout.compact ? 10 : 16), size = scene_px(scene, TEXT_CAPTION),
        all = 0;
    int width[STEPS];
    for (size_t k = 0; k < STEPS; k++)
        all += width[k] = draw_width(list, FACE_UI_BOLD, size, scene_text(scene, sizes[k].key)) + 2 * padding;
    int x = right - all, y = bar_rect.y + (bar_rect.h - h) / 2;
    rail(list, scene, rect(x, y, all, h));
    for (size_t k = 0; k < STEPS; k++) {
        segment(list, scene, rect(x, y, width[k], h), scene->view->step == sizes[k].step,
                scene_text(scene, sizes[k].key), DO_STEP_SIZE, sizes[k].step,
                scene_text(scene, sizes[k].tip_key));
        x += width[k];
    }
    return right - all;
}

/* ------------------------------------------------------------------------------------ scrubber ---- */

static int place(Rect r, uint32_t i, uint32_t count)
{
    return r.x + (count ? (int)((int64_t)r.w * (i > count ? count : i) / count) : 0);
}

/** A tick where an iteration begins and a smaller one where a beat stops, if they can be told apart. */
static void ticks(DrawList *list, const Scene *scene, Rect r, int y)
{
    uint32_t count = history_count(scene->history);
    const Beats *beats = scene->lesson->beats;
    size_t iterations = history_iterations(scene->history), stops = beats ? beats_count(beats) : 0;
    int line = scene_px(scene, 1.6), small = scene_px(scene, 4), tall = scene_px(scene, 8);
    if (stops && (int64_t)stops * TICK_APART <= r.w)
        for (size_t k = 0; k < stops; k++)
            draw_fill(list, rect(place(r, beats_stop(beats, k), count) - line / 2, y, line, small), 0,
                      COLOR_FAINT, 170);
    if (iterations && (int64_t)iterations * TICK_APART <= r.w)
        for (size_t k = 0; k < iterations; k++)
            draw_fill(
                list,
                rect(place(r, history_iteration(scene->history, k)->from, count) - line / 2, y, line, tall),
                0, COLOR_MUTED, 255);
}

static void scrubber(DrawList *list, const Scene *scene, Rect r)
{
    uint32_t count = history_count(scene->history);
    int h = scene_px(scene, TRACK), knob = scene_px(scene, KNOB), y = r.y + (r.h - h) / 2;
    int x = place(r, scene->view->i, count);
    if (r.w < 2 * knob)
        return;
    draw_fill(list, rect(r.x, y, r.w, h), h / 2, COLOR_SUNKEN, 255);
    draw_frame(list, rect(r.x, y, r.w, h), h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_fill(list, rect(r.x, y, x - r.x > h ? x - r.x : h, h), h / 2, COLOR_FOCUS, 150);
    ticks(list, scene, r, y + h + scene_px(scene, 4));
    draw_fill(list, rect(x - knob / 2, r.y + (r.h - knob) / 2, knob, knob), knob / 2, COLOR_FOCUS, 255);
    draw_fill(list, rect_inset(rect(x - knob / 2, r.y + (r.h - knob) / 2, knob, knob), knob / 3, knob / 3),
              knob / 6, COLOR_PANEL, 255);
    draw_hot(list, r, DO_SCRUB, 0, scene_text(scene, "tip.scrub"));
}

void scene_transport(DrawList *list, const Scene *scene, Rect r)
{
    int margin = scene_px(scene, scene->layout.compact ? 14 : 24),
        gap = scene_px(scene, scene->layout.compact ? 14 : 22);
    int h = scene_px(scene, scene->layout.compact ? 32 : 36);
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y, r.w, 1), 0, COLOR_BORDER, 255);
    int x = buttons(list, scene, rect(r.x + margin, r.y, r.w, r.h));
    x = speed(list, scene, x + gap, r, h) + gap;
    int right = step_sizes(list, scene, r.x + r.w - margin, r, h) - gap;
    int half = scene_px(scene, KNOB) / 2;
    scrubber(list, scene, rect(x + half, r.y, right - x - 2 * half, r.h));
}
