/*
 * timeline_ruler.c — what stands still in the timeline: iterations as bands, the ruler, the loop's own row.
 *
 * By step the ruler counts iterations; by clock, and without a loop, it tells times. The loop's row is a
 * quiet bar, an open, dashed box where it sleeps, and a closed one where a call holds it, with how long.
 */
#include "timeline_parts.h"

#include <math.h>
#include <stdio.h>

enum {
    BAND_LEAST = 4, /* px: narrower bands are not told apart */
    BANDS_MOST = 800,
    TICK_LEAST = 110 /* units from time to time */
};

/** The iterations in sight. @return false when there are none, or they are too narrow for bands */
static bool iterations_in_sight(const Timeline *timeline, size_t *first, size_t *last)
{
    const History *history = timeline->history;
    if (history_iterations(history) == 0)
        return false;
    long from = history_iteration_at(history, columns_first(&timeline->columns));
    long until = history_iteration_at(history, columns_last(&timeline->columns));
    if (until < 0)
        return false;
    *first = from < 0 ? 0 : (size_t)from;
    *last = (size_t)until;
    return *last - *first < BANDS_MOST && timeline->body.w / (int)(*last - *first + 1) >= BAND_LEAST;
}

/** Where an iteration is on the screen, cut to what is in sight. */
static Rect band_of(const Timeline *timeline, size_t k)
{
    const History *history = timeline->history;
    const Columns *columns = &timeline->columns;
    double from = columns_start(columns, history_iteration(history, k)->from);
    double until = k + 1 < history_iterations(history)
                       ? columns_start(columns, history_iteration(history, k + 1)->from)
                       : columns_end(columns, columns->count);
    int x = (int)lround(fmax(from, timeline->body.x));
    int right = (int)lround(fmin(until, timeline->body.x + timeline->body.w));
    return rect(x, timeline->body.y, right > x ? right - x : 0, timeline->body.h);
}

void timeline_bands(const Timeline *timeline)
{
    size_t first, last;
    if (!iterations_in_sight(timeline, &first, &last))
        return;
    for (size_t k = first; k <= last; k++)
        if (k % 2 == 0)
            draw_fill(timeline->list, band_of(timeline, k), 0, COLOR_SUNKEN, 255);
}

/* -------------------------------------------------------------------------------------- ruler ---- */

static void ruler_text(const Timeline *timeline, int x, int width, const char *text, bool now)
{
    DrawList *list = timeline->list;
    int size = scene_px(timeline->scene, TEXT_CAPTION);
    int head = scene_px(timeline->scene, 8); /* the playhead's */
    Rect r = rect(x, timeline->ruler.y, width, timeline->ruler.h - head);
    draw_text_in(list, r, 0, now ? FACE_UI_BOLD : FACE_UI, size, now ? COLOR_TEXT : COLOR_MUTED, text);
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
static double round_step(double least)
{
    double power = pow(10, floor(log10(fmax(least, 1))));
    return least <= power       ? power
           : least <= 2 * power ? 2 * power
           : least <= 5 * power ? 5 * power
                                : 10 * power;
}

/** Where iterations are too many for bands: every n-th is named, n a round number. */
static void sparse_labels(const Timeline *timeline)
{
    const History *history = timeline->history;
    const Columns *columns = &timeline->columns;
    long first = history_iteration_at(history, columns_first(columns));
    long last = history_iteration_at(history, columns_last(columns));
    int size = scene_px(timeline->scene, TEXT_CAPTION), free = timeline->ruler.x;
    if (last < 0)
        return;
    first = first < 0 ? 0 : first;
    double fit = (double)timeline->ruler.w / scene_px(timeline->scene, TICK_LEAST);
    size_t step = (size_t)round_step((double)(last - first) / fmax(fit, 1));
    for (size_t k = ((size_t)first + step - 1) / step * step; k <= (size_t)last; k += step) {
        char number[24], text[64];
        const Iteration *iteration = history_iteration(history, k ? k - 1 : 0); /* they count from 1 */
        double x = columns_start(columns, iteration->from);
        snprintf(number, sizeof number, "%u", iteration->n);
        scene_fill(timeline->scene, text, sizeof text, "lane.iteration", "n", number, NULL);
        int width = draw_width(timeline->list, FACE_UI, size, text), left = (int)lround(x) - width / 2;
        if (left < free || left + width > timeline->body.x + timeline->body.w)
            continue;
        ruler_text(timeline, left, width, text, false);
        draw_line(timeline->list, (int)lround(x), timeline->body.y, (int)lround(x),
                  timeline->body.y + timeline->body.h, 1, COLOR_BORDER, 255);
        free = left + width + scene_px(timeline->scene, 12);
    }
}

/** "iteration 12" where it fits, else "12", else nothing; every n-th when they stand close. */
static void iteration_labels(const Timeline *timeline)
{
    size_t first, last;
    if (!iterations_in_sight(timeline, &first, &last)) {
        sparse_labels(timeline);
        return;
    }
    int size = scene_px(timeline->scene, TEXT_CAPTION), gap = scene_px(timeline->scene, 10), free = 0;
    uint32_t now = timeline->scene->state->iteration;
    for (size_t k = first; k <= last; k++) {
        char number[16], text[64];
        Rect band = band_of(timeline, k);
        uint32_t n = history_iteration(timeline->history, k)->n;
        bool current = n == now && history_iteration(timeline->history, k)->from <= timeline->scene->view->i;
        snprintf(number, sizeof number, "%u", n);
        scene_fill(timeline->scene, text, sizeof text, "lane.iteration", "n", number, NULL);
        const char *fits = text;
        if (draw_width(timeline->list, FACE_UI_BOLD, size, text) + gap > band.w) /* as when it is current */
            fits = number;
        int width = draw_width(timeline->list, current ? FACE_UI_BOLD : FACE_UI, size, fits);
        int x = band.x + (band.w - width) / 2, right = timeline->body.x + timeline->body.w;
        if (band.w < 2 || x < free || x < timeline->ruler.x || x + width > right)
            continue;
        ruler_text(timeline, x, width, fits, current);
        free = x + width + gap;
    }
}

/** A time with as many digits as a ruler of this step needs: "0.250 s", "1.25 ms", "12.5 µs". */
static void tick_label(double ns, double step, char *text, size_t size)
{
    if (step >= 1e6) {
        time_label((int64_t)ns, text, size);
        return;
    }
    bool micro = step < 1e3;
    double unit = micro ? 1e3 : 1e6, part = step / unit; /* one tick, 0.001 … 0.5 units */
    int digits = part < 0.01 ? 3 : part < 0.1 ? 2 : 1;
    snprintf(text, size, "%.*f %s", digits, ns / unit, micro ? "µs" : "ms");
}

static void time_at(const Timeline *timeline, double x, double ns, double step, int *free)
{
    char text[48];
    int gap = scene_px(timeline->scene, 12), size = scene_px(timeline->scene, TEXT_CAPTION);
    tick_label(ns, step, text, sizeof text);
    int width = draw_width(timeline->list, FACE_UI, size, text), left = (int)lround(x) - width / 2;
    if (left < timeline->ruler.x)
        left = timeline->ruler.x;
    if (left < *free || left + width > timeline->body.x + timeline->body.w)
        return;
    ruler_text(timeline, left, width, text, false);
    draw_line(timeline->list, (int)lround(x), timeline->body.y, (int)lround(x),
              timeline->body.y + timeline->body.h, 1, COLOR_BORDER, 255);
    *free = left + width + gap;
}

static void time_labels(const Timeline *timeline)
{
    const Columns *columns = &timeline->columns;
    int free = 0;
    if (!columns->linear) { /* the instants: what stands between two gaps */
        uint32_t first = columns_first(columns);
        time_at(timeline, fmax(columns_start(columns, first), columns->x),
                (double)history_ts(timeline->history, first), 1e9, &free);
        for (size_t k = 0; k < columns->gap_count; k++)
            time_at(timeline, columns_start(columns, columns->gaps[k].event),
                    (double)history_ts(timeline->history, columns->gaps[k].event), 1e9, &free);
        return;
    }
    double step = round_step(scene_px(timeline->scene, TICK_LEAST) / columns->unit);
    double first = ceil(columns->left / step);
    int ticks = (int)(columns->right / step - first) + 1;
    for (int k = 0; k < ticks; k++) {
        double at = (first + k) * step;
        time_at(timeline, columns->x + (at - columns->left) * columns->unit, at, step, &free);
    }
}

void timeline_ruler(const Timeline *timeline)
{
    if (timeline->columns.count == 0)
        return;
    bool has_loop = history_iterations(timeline->history) > 0;
    if (timeline->columns.by_clock || (!has_loop && timeline->columns.gap_count))
        time_labels(timeline);
    else
        iteration_labels(timeline);
}

/* ---------------------------------------------------------------------------------- the loop's row ---- */

/** A stretch of the quiet bar, faded behind the playhead. */
static void loop_bar(const Timeline *timeline, double from, double until)
{
    const Row *row = &timeline->rows.loop;
    int h = row->h * 20 / 100 > 2 ? row->h * 20 / 100 : 2, y = row->y + (row->h - h) / 2;
    double now = fmin(fmax(timeline->now, from), until);
    int x0 = (int)lround(fmax(from, timeline->body.x)), x1 = (int)lround(now), x2 = (int)lround(until);
    x1 = x1 < x0 ? x0 : x1;
    draw_fill(timeline->list, rect(x0, y, x1 - x0, h), h / 2, COLOR_FAINT, 150);
    draw_fill(timeline->list, rect(x1, y, x2 - x1, h), h / 2, COLOR_FAINT, 60);
}

/** The words in the middle of r, where there is no room for them the length. */
static void box_text(const Timeline *timeline, Rect r, Color color, const char *words, const ColumnGap *gap)
{
    char time[32];
    const Scene *scene = timeline->scene;
    Rect seen = rect_common(r, timeline->body);
    int whole =
        timeline_gap_room(gap); /* not of r, whose edges are whole pixels: now one more, now one less */
    int size = scene_px(scene, TEXT_CAPTION), room = seen.w < whole ? seen.w : whole;
    room -= 2 * scene_px(scene, 5);
    const char *text = words;
    if (timeline_gap_width(timeline, text) > room)
        text = gap->length < 0 ? "" : time_label(gap->length, time, sizeof time);
    if (timeline_gap_width(timeline, text) <= room)
        draw_text_in(timeline->list, seen, 0, FACE_UI, size, color, text);
}

/** A gap is an open box in the loop's row; or, where a call blocks and so holds the loop itself, a closed
 * one. */
static void gap_box(const Timeline *timeline, const ColumnGap *gap, double from, double until)
{
    char buffer[96];
    const Row *row = &timeline->rows.loop;
    bool future = from >= timeline->now, asleep = timeline_asleep(timeline->history, gap);
    int h = row->h * 68 / 100;
    Rect r = rect((int)lround(from), row->y + (row->h - h) / 2, (int)lround(until) - (int)lround(from), h);
    const char *words =
        timeline_gap_words(timeline, asleep ? "lane.idle" : "lane.held", gap, buffer, sizeof buffer);
    Color later = asleep ? COLOR_FAINT : COLOR_MUTED;
    (asleep ? timeline_idle_box : timeline_held_box)(timeline->list, timeline->scene, r, future);
    box_text(timeline, r, future ? later : COLOR_TEXT, words, gap);
    Rect seen = rect_common(rect(r.x, row->y, r.w, row->h), timeline->body);
    draw_hot(timeline->list, seen, DO_GO, asleep ? gap->event - 1 : gap->event, words);
}

void timeline_loop(const Timeline *timeline)
{
    const Columns *columns = &timeline->columns;
    if (timeline->rows.loop.h == 0)
        return;
    double at = columns_start(columns, history_iteration(timeline->history, 0)->from);
    at = fmax(at, columns->x);
    for (size_t k = 0; k < columns->gap_count; k++) {
        const ColumnGap *gap = &columns->gaps[k];
        double from, until;
        if (!columns_gap(columns, gap->event, &from, &until))
            continue;
        if (from > at)
            loop_bar(timeline, at, from);
        gap_box(timeline, gap, from, until);
        at = until;
    }
    double end = fmin(columns_end(columns, columns->count), columns->x + columns->width);
    if (end > at)
        loop_bar(timeline, at, end);
}
