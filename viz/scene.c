/*
 * scene.c — the lesson window as a whole: how big a unit is, where each part is, and who draws it.
 *
 * The layout is made in units, so it depends on two numbers only: how many units there are across and down. A
 * window of 1920×1080 has exactly so many; a smaller window, or a larger user scale, has fewer, and then
 * panels narrow and captions drop out. Text never gets smaller than a person can read: a small window is a
 * smaller room, not a smaller picture.
 */
#include "source_parts.h"

#include <math.h>
#include <string.h>

#define LEAST_UNIT 0.65   /* before the user's scale: body text of 13 px */
#define LEAST_WIDE 1040.0 /* so many units there always are: beyond that, text shrinks after all */
#define LEAST_HIGH 680.0
#define COMPACT    980.0 /* fewer units down than these: lower bars, no captions */

static double between(double low, double value, double high)
{
    return value < low ? low : value > high ? high : value;
}

static double unit_of(const View *view)
{
    double wide = view->width / 1920.0, high = view->height / 1080.0;
    double unit = fmax(fmin(high, 0.7 * wide + 0.3 * high), LEAST_UNIT) * (view->scale > 0 ? view->scale : 1);
    unit = fmin(unit, fmin(view->width / LEAST_WIDE, view->height / LEAST_HIGH));
    return fmax(unit, 0.1);
}

/* From units to pixels by the edges, so that what touches in units touches in pixels. */
static Rect at(const Layout *layout, double left, double top, double right, double bottom)
{
    int x = (int)lround(left * layout->unit), y = (int)lround(top * layout->unit);
    return rect(x, y, (int)lround(right * layout->unit) - x, (int)lround(bottom * layout->unit) - y);
}

/* Rows of the timeline: the loop, each lane, and a slim one for all of asyncio's own tasks. */
static double timeline_rows(const History *history)
{
    size_t lanes = history_lanes(history), many = 12;
    double rows = history_iterations(history) > 0;
    bool helpers = false;
    for (size_t k = 0; k < lanes && k < many; k++) {
        bool helper = history_lane(history, k)->helper || history_lane(history, k)->internal;
        helpers = helpers || helper;
        rows += !helper;
    }
    return rows + (helpers ? 0.6 : 0);
}

/* Room for the ruler, the legend and the rows, within reason: rows that do not fit scroll. */
static double timeline_height(const Scene *scene, double high)
{
    bool compact = scene->layout.compact;
    double rows = between(3, scene->history ? timeline_rows(scene->history) : 4, 8);
    double wanted = (compact ? 74 : 98) + (compact ? 34 : 42) * rows;
    return between(compact ? 176 : 200, wanted, high * 0.31);
}

/* What the listing needs so that its widest line, with a chip behind it, is one row, if `most` is enough for
 * it: letters of code are half as wide as high. It does not depend on what is shown of it, so the window
 * stands still. */
static double source_width(const History *history, double most)
{
    static const double letter = TEXT_CODE / 2.0, around = 22 + 22 + 12, chip = 60;
    static const char *const languages[] = {"python", "c"}; /* a program in C is its own listing */
    size_t count = history ? history_sources(history) : 0;
    for (size_t k = 0; k < 2 * count; k++) {
        Source source = history_source(history, k % count);
        if (!source.text || !source.language || strcmp(source.language, languages[k / count]) != 0)
            continue;
        Syntax syntax = highlight_syntax(source.language);
        double wanted = around + code_columns(source.text, syntax, (int)((most - around) / letter)) * letter;
        return wanted + chip < most ? wanted + chip : most;
    }
    return 0;
}

/* Source and console at the left; phases over ready | running over waiting | finished. */
static void layout_middle(Layout *layout, double top, double bottom, double wide, const History *history,
                          size_t knob_rows)
{
    double gap = layout->compact ? 10 : 16, margin = layout->compact ? 12 : 22;
    double source = between(420, fmax(wide * 0.335, source_width(history, wide * 0.405)), 800),
           side = between(250, fmin(wide * 0.21, (wide - source) * 0.32), 520);
    bool shows = history && history_exhibits(history);
    double high = bottom - top, strip = (double)knob_rows * (layout->compact ? 40 : 48);
    double output = shows ? between(70, high * 0.2, 180) : between(96, high * 0.3, 250);
    /* Of the source, two lines at least. */
    double pictures = shows ? between(70, fmin(high * 0.31, high - output - strip - 112), 210) : 0;
    double console = bottom - output;
    layout->source = at(layout, 0, top, source, console - pictures - strip);
    layout->knobs = at(layout, 0, console - pictures - strip, source, console - pictures);
    layout->pictures = at(layout, 0, console - pictures, source, console);
    layout->console = at(layout, 0, console, source, bottom);

    double left = source + margin, right = wide - margin, middle = right - side - gap;
    double y0 = top + (layout->compact ? 10 : 18), y1 = y0 + (layout->compact ? 46 : 70);
    double end = bottom - (layout->compact ? 10 : 18), rest = end - y1 - 2 * gap;
    double y2 = y1 + gap, y3 = y2 + between(layout->compact ? 106 : 130, rest * 0.385, 190), y4 = y3 + gap;
    layout->phases = at(layout, left, y0, right, y1);
    layout->ready = at(layout, left, y2, middle, y3);
    layout->running = at(layout, middle + gap, y2, right, y3);
    layout->waiting = at(layout, left, y4, middle, end);
    layout->finished = at(layout, middle + gap, y4, right, end);
}

static void layout_make(Scene *scene)
{
    Layout *layout = &scene->layout;
    layout->unit = unit_of(scene->view);
    layout->window = rect(0, 0, scene->view->width, scene->view->height);
    double wide = scene->view->width / layout->unit, high = scene->view->height / layout->unit;
    layout->compact = high < COMPACT;

    double header = layout->compact ? 52 : 62, transport = layout->compact ? 60 : 74;
    double narration = layout->compact ? 90 : 92; /* two lines of its text */
    double y3 = high - transport, y2 = y3 - timeline_height(scene, high), y1 = y2 - narration;
    layout->header = at(layout, 0, 0, wide, header);
    size_t rows =
        scene->lesson && scene->lesson->about ? scene_knob_rows(about_knobs(scene->lesson->about)) : 0;
    layout_middle(layout, header, y1, wide, scene->history, rows);
    layout->narration = at(layout, 0, y1, wide, y2);
    layout->timeline = at(layout, 0, y2, wide, y3);
    layout->transport = at(layout, 0, y3, wide, high);
}

Scene scene_of(const Lesson *lesson, const View *view, const State *state)
{
    Scene scene = {.lesson = lesson,
                   .history = lesson ? lesson->history : NULL,
                   .view = view,
                   .state = state,
                   .lang = view->language};
    layout_make(&scene);
    return scene;
}

int scene_px(const Scene *scene, double units)
{
    int px = (int)lround(units * scene->layout.unit);
    return units > 0 && px < 1 ? 1 : px;
}

void scene_lesson(DrawList *list, const Lesson *lesson, const View *view, State *state)
{
    draw_clear(list);
    state_at(state, lesson->history, view->i);
    Scene scene = scene_of(lesson, view, state);
    const Layout *layout = &scene.layout;

    draw_fill(list, layout->window, 0, COLOR_BACKGROUND, 255);
    scene_source(list, &scene, layout->source);
    scene_knobs(list, &scene, layout->knobs);
    scene_pictures(list, &scene, layout->pictures);
    scene_console(list, &scene, layout->console);
    scene_phases(list, &scene, layout->phases);
    scene_ready(list, &scene, layout->ready);
    scene_running(list, &scene, layout->running);
    scene_waiting(list, &scene, layout->waiting);
    scene_finished(list, &scene, layout->finished);
    scene_narration(list, &scene, layout->narration);
    scene_timeline(list, &scene, layout->timeline);
    scene_transport(list, &scene, layout->transport);
    scene_header(list, &scene, layout->header);
    if (view->mishap && lesson->mishap)
        scene_mishap(list, &scene, layout->window);
    if (view->help)
        scene_help(list, &scene, layout->window);
}
