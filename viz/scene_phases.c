/*
 * scene_phases.c — what the loop is doing: select → due timers → run the ready queue → all done?
 *
 * Four segments, as in the loop's own code, the current one lit. A program without a loop has no phases;
 * there the same bar says who has control: the main program, or one of the coroutines it switches between by
 * hand.
 */
#include "scene_parts.h"

#include <stdio.h>

#define SEGMENTS 6

typedef struct Segment {
    char text[192];
    char brief[128]; /* where the text does not fit */
    bool lit;
} Segment;

/* How long the loop will wait, or has waited: while it is in select, and until the iteration after. */
static void tell_select(const Scene *scene, Segment *segment)
{
    const State *state = scene->state;
    char time[48] = "", words[96];
    long k = history_iteration_at(scene->history, state->i);
    const Iteration *iteration = k >= 0 ? history_iteration(scene->history, (size_t)k) : NULL;
    const char *name = scene_text(scene, "scene.select"), *what = scene_text(scene, "phase.select");

    if (state->selecting && state->select_timeout < 0) {
        what = scene_text(scene, "phase.select.forever");
    } else if (state->selecting && state->select_timeout > 0) {
        time_label(state->select_timeout, time, sizeof time);
        what = scene_fill(scene, words, sizeof words, "phase.select.timeout", "time", time, NULL);
    } else if (state->selecting) {
        what = scene_text(scene, "phase.select.none");
    } else if (iteration && iteration->selected && iteration->selected <= state->i && iteration->idle > 0) {
        time_label(iteration->idle, time, sizeof time);
        what = scene_fill(scene, words, sizeof words, "scene.waited", "time", time, NULL);
    }
    snprintf(segment->text, sizeof segment->text, "%s  %s", name, what);
    snprintf(segment->brief, sizeof segment->brief, "%s %s", name, time);
}

static void tell_run(const Scene *scene, Segment *segment)
{
    const State *state = scene->state;
    char count[48] = "";
    if (state->phase == PHASE_RUN)
        snprintf(count, sizeof count, "  %u / %u", state->batch_run, state->batch);
    snprintf(segment->text, sizeof segment->text, "%s%s", scene_text(scene, "phase.run"), count);
    snprintf(segment->brief, sizeof segment->brief, "%s%s", scene_text(scene, "phase.run.short"), count);
}

static size_t loop_segments(const Scene *scene, Segment *segments)
{
    Phase phase = scene->state->phase;
    tell_select(scene, &segments[0]);
    snprintf(segments[1].text, sizeof segments[1].text, "%s", scene_text(scene, "phase.timers"));
    snprintf(segments[1].brief, sizeof segments[1].brief, "%s", scene_text(scene, "phase.timers.short"));
    tell_run(scene, &segments[2]);
    snprintf(segments[3].text, sizeof segments[3].text, "%s", scene_text(scene, "phase.check"));
    snprintf(segments[3].brief, sizeof segments[3].brief, "%s", scene_text(scene, "phase.check.short"));
    segments[0].lit = phase == PHASE_SELECT;
    segments[1].lit = phase == PHASE_TIMERS;
    segments[2].lit = phase == PHASE_RUN;
    segments[3].lit = phase == PHASE_CHECK;
    return 4;
}

/* Who has control, in a program without a loop: the main program, and the coroutines there is room for. */
static size_t hand_segments(const Scene *scene, Segment *segments)
{
    char label[96];
    size_t count = 1;
    Id running = scene->state->running;
    snprintf(segments[0].text, sizeof segments[0].text, "%s", scene_text(scene, "running.main"));
    segments[0].lit =
        !scene->state->ended && (running == ID_MAIN || running == ID_NONE) && scene->state->i > 0;
    for (size_t k = 0; k < history_lanes(scene->history) && count < SEGMENTS; k++) {
        const Lane *lane = history_lane(scene->history, k);
        if (lane->id == ID_MAIN)
            continue;
        snprintf(segments[count].text, sizeof segments[count].text, "%s",
                 lane_label(scene->history, lane->id, label, sizeof label));
        segments[count].lit = running == lane->id;
        count++;
    }
    for (size_t k = 0; k < count; k++)
        snprintf(segments[k].brief, sizeof segments[k].brief, "%.120s", segments[k].text);
    return count;
}

static void draw_number(DrawList *list, const Scene *scene, Rect ring, Color color, size_t number)
{
    char text[8];
    snprintf(text, sizeof text, "%zu", number);
    draw_frame(list, ring, ring.w / 2, scene_px(scene, 1.4), color, 255);
    draw_text_in(list, ring, 0, FACE_UI, ring.w * 60 / 100, color, text);
}

/* How wide a text is at most, whatever its digits: what counts up does not change its words. */
static int widest(const DrawList *list, Face face, int size, const char *text)
{
    char digits[192];
    size_t k = 0;
    for (; text[k] && k + 1 < sizeof digits; k++)
        digits[k] = text[k] >= '0' && text[k] <= '9' ? '0' : text[k];
    digits[k] = '\0';
    return draw_width(list, face, size, digits);
}

/* Text in the middle, its number in a ring before it; short of room the text gets brief, then the ring goes.
 */
static void draw_segment(DrawList *list, const Scene *scene, Rect r, const Segment *segment, size_t number)
{
    int size = scene_px(scene, TEXT_BODY - 1), ring = number ? scene_px(scene, 27) : 0;
    int gap = number ? scene_px(scene, 9) : 0, room = r.w - ring - gap - scene_px(scene, 16);
    Face face = segment->lit ? FACE_UI_BOLD : FACE_UI;
    Color color = segment->lit ? COLOR_ON_RUNNING : COLOR_MUTED;
    const char *text = segment->text;
    int width = draw_width(list, face, size, text);
    if (widest(list, face, size, text) > room) {
        text = segment->brief;
        width = draw_width(list, face, size, text);
    }
    if (widest(list, face, size, text) > room) {
        ring = gap = 0;
        room = r.w - scene_px(scene, 10);
        width = width < room ? width : room;
    }
    int x = r.x + (r.w - ring - gap - width) / 2;
    draw_hot(list, r, DO_NOTHING, 0, segment->text);
    if (ring)
        draw_number(list, scene, rect(x, r.y + (r.h - ring) / 2, ring, ring), color, number);
    scene_label(list, rect(x + ring + gap, r.y, width, r.h), face, size, color, text, ID_NONE);
}

/* The lit ground; at the ends of the bar it follows the bar's round corners. */
static void draw_lit(DrawList *list, Rect r, int radius, bool first, bool last)
{
    if (first || last)
        draw_fill(list, r, radius, COLOR_RUNNING, 255);
    Rect square = r;
    if (first)
        square.x += radius, square.w -= radius;
    if (last)
        square.w -= radius;
    draw_fill(list, square, 0, COLOR_RUNNING, 255);
}

void scene_phases(DrawList *list, const Scene *scene, Rect r)
{
    Segment segments[SEGMENTS] = {0};
    bool loop = history_iterations(scene->history) > 0;
    size_t count = loop ? loop_segments(scene, segments) : hand_segments(scene, segments);

    int padding = scene_px(scene, scene->layout.compact ? 4 : 14), line = scene_px(scene, 1);
    int radius = scene_px(scene, CARD_RADIUS);
    scene_ground(list, scene, r);
    Rect bar = rect_inset(r, padding, padding);
    draw_fill(list, bar, radius, COLOR_SUNKEN, 255);
    for (size_t k = 0; k < count; k++) {
        int left = bar.x + (int)((size_t)bar.w * k / count);
        Rect part = rect(left, bar.y, bar.x + (int)((size_t)bar.w * (k + 1) / count) - left, bar.h);
        if (segments[k].lit)
            draw_lit(list, part, radius, k == 0, k == count - 1);
        else if (k > 0)
            draw_fill(list, rect(left, bar.y, line, bar.h), 0, COLOR_BORDER, 255);
        draw_segment(list, scene, part, &segments[k], loop ? k + 1 : 0);
    }
    draw_frame(list, bar, radius, line, COLOR_BORDER, 255);
}
