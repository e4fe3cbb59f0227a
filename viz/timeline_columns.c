/*
 * timeline_columns.c — the mapping between events and x.
 *
 * A cell is a number: event i covers i − 1 … i. In a cell with a gap, the first half is the gap and the
 * second the event, so one number tells both apart. The width is shared out: `unit` px a cell, and each gap
 * its own. Gaps are found by bisection over the time stamps, from one instant to the next, never event by
 * event.
 */
#include "timeline.h"

#include "scene_parts.h"

#include <math.h>
#include <string.h>

enum {
    GAP_WIDTH = 146,          /* units of a gap by step: room for its length */
    GAP_SHARE = 45,           /* percent of the width that gaps may take */
    ITERATIONS_LOOKED = 4096, /* more in sight are too narrow for gaps */
    STUCK_LOOKED = 8          /* events from the end: `stuck` is one of the last */
};

static const int64_t GAP_LEAST = 1000000; /* a recorded program's select that waits less is no gap, ns */

/* ------------------------------------------------------------------------------------ instants ---- */

/** First event of from … count + 1 with a time stamp of at least (after: greater than) ts. */
static uint32_t first_event(const History *history, uint32_t from, int64_t ts, bool after)
{
    uint32_t low = from, high = history_count(history) + 1, stride = 1;
    while (low + stride < high) { /* gallop: the next instant is near */
        int64_t at = history_ts(history, low + stride);
        if (after ? at > ts : at >= ts) {
            high = low + stride;
            break;
        }
        low += stride;
        stride *= 2;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int64_t at = history_ts(history, middle);
        if (after ? at > ts : at >= ts)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/** How long time passes in front of event i. */
static int64_t length_before(const History *history, uint32_t i)
{
    if (i < 2 || i > history_count(history))
        return 0;
    int64_t length = history_ts(history, i) - history_ts(history, i - 1);
    return length > 0 ? length : 0;
}

static double cell_of_clock(const History *history, double ns, bool after)
{
    uint32_t i = first_event(history, 1, (int64_t)ns, after);
    if (i <= 1)
        return 0;
    if (i > history_count(history))
        return history_count(history);
    int64_t length = length_before(history, i);
    double passed = length ? (ns - (double)history_ts(history, i - 1)) / (double)length : 1;
    return i - 1 + fmin(fmax(passed, 0), 1) / 2;
}

static double clock_of_cell(const History *history, double cell)
{
    uint32_t count = history_count(history);
    if (count == 0)
        return 0;
    if (cell <= 0)
        return (double)history_ts(history, 1);
    if (cell >= count)
        return (double)history_ts(history, count);
    uint32_t i = (uint32_t)cell + 1;
    double passed = fmin(2 * (cell - (i - 1)), 1);
    return (double)history_ts(history, i) - (1 - passed) * (double)length_before(history, i);
}

/* ---------------------------------------------------------------------------------------- gaps ---- */

static uint32_t last_cell(const Columns *columns)
{
    double last = ceil(columns->right);
    return last < 1 ? 1 : last > columns->count ? columns->count : (uint32_t)last;
}

static uint32_t first_cell(const Columns *columns)
{
    double first = floor(columns->left) + 1;
    return first < 1 ? 1 : first > columns->count ? columns->count : (uint32_t)first;
}

/** @return false when there are too many */
static bool gap_add(Columns *columns, uint32_t event, int64_t length)
{
    if (columns->gap_count == COLUMN_GAPS)
        return false;
    columns->gaps[columns->gap_count++] = (ColumnGap){.event = event, .length = length};
    return true;
}

/** Virtual time stands still while anything runs: every change of the clock is a gap. */
static bool find_jumps(Columns *columns)
{
    const History *history = columns->history;
    uint32_t last = last_cell(columns);
    for (uint32_t i = first_cell(columns); i <= last;) {
        int64_t length = length_before(history, i);
        if (length > 0 && !gap_add(columns, i, length))
            return false;
        i = first_event(history, i, history_ts(history, i), true);
    }
    return true;
}

/** A program that is stuck waits for ever: by step that is a gap too, of length -1. */
static bool find_stuck(Columns *columns)
{
    uint32_t last = last_cell(columns), first = first_cell(columns);
    for (uint32_t i = columns->count, k = 0; i > 0 && k < STUCK_LOOKED; i--, k++)
        if (i >= first && i <= last && history_kind(columns->history, i) == EV_STUCK)
            return columns->by_clock || gap_add(columns, i, -1);
    return true;
}

/** Real time always passes; a gap is a select that waited. */
static bool find_waits(Columns *columns)
{
    const History *history = columns->history;
    uint32_t last = last_cell(columns);
    long from = history_iteration_at(history, first_cell(columns));
    long until = history_iteration_at(history, last);
    if (until - from > ITERATIONS_LOOKED)
        return false;
    for (long k = from < 0 ? 0 : from; k <= until; k++) {
        const Iteration *iteration = history_iteration(history, (size_t)k);
        if (iteration->selected && iteration->selected >= first_cell(columns) &&
            iteration->selected <= last && iteration->idle >= GAP_LEAST &&
            !gap_add(columns, iteration->selected, iteration->idle))
            return false;
    }
    return true;
}

/** How much of its gap and of its own width a cell shows up to `cell`, 0 … 1 each. */
static double gap_part(const ColumnGap *gap, double cell)
{
    return fmin(fmax(2 * (cell - (gap->event - 1)), 0), 1);
}

/** A place in cells with the gaps taken out. */
static double solid(const ColumnGap *gap, double cell)
{
    if (!gap)
        return cell;
    double t = cell - (gap->event - 1);
    return t >= 0 && t < 1 ? gap->event - 1 + fmax(2 * t - 1, 0) : cell;
}

/** The last gap whose cell begins at or before `cell`. */
static const ColumnGap *gap_at(const Columns *columns, double cell)
{
    size_t low = 0, high = columns->gap_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (columns->gaps[middle].event - 1 <= cell)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &columns->gaps[low - 1] : NULL;
}

/** Gives every gap its width and what is left to the cells. */
static void share_out(Columns *columns, double gap_width)
{
    double cells = solid(gap_at(columns, columns->right), columns->right) -
                   solid(gap_at(columns, columns->left), columns->left);
    double most = columns->width * (cells > 0 ? GAP_SHARE / 100.0 : 1), weight = 0, taken = 0;
    for (size_t k = 0; k < columns->gap_count; k++) {
        ColumnGap *gap = &columns->gaps[k];
        double part = gap_part(gap, columns->right) - gap_part(gap, columns->left);
        weight += part * (columns->by_clock ? (double)gap->length : 1);
    }
    double each = weight <= 0 ? 0 : columns->by_clock ? most / weight : fmin(gap_width, most / weight);
    for (size_t k = 0; k < columns->gap_count; k++) {
        ColumnGap *gap = &columns->gaps[k];
        gap->width = each * (columns->by_clock ? (double)gap->length : 1);
        gap->before = taken;
        taken += gap->width * (gap_part(gap, columns->right) - gap_part(gap, columns->left));
    }
    columns->unit = cells > 0 ? (columns->width - taken) / cells : 0;
}

/* -------------------------------------------------------------------------------------- public ---- */

void timeline_whole(const History *history, Axis axis, double *left, double *right)
{
    uint32_t count = history_count(history);
    *left = axis == AXIS_CLOCK && count ? (double)history_ts(history, 1) : 0;
    *right = axis == AXIS_CLOCK && count ? (double)history_ts(history, count) : count;
}

double timeline_column(const History *history, Axis axis, uint32_t i)
{
    if (axis == AXIS_STEP)
        return i;
    uint32_t count = history_count(history);
    return count == 0 ? 0 : (double)history_ts(history, i < 1 ? 1 : i > count ? count : i);
}

/** Makes x the time itself. */
static void make_linear(Columns *columns, double left, double right)
{
    columns->linear = true;
    columns->gap_count = 0;
    columns->left = left;
    columns->right = right > left ? right : left + 1;
    columns->unit = columns->width / (columns->right - columns->left);
}

Columns columns_of(const History *history, const View *view, Rect area)
{
    Columns columns = {.history = history,
                       .count = history_count(history),
                       .by_clock = view->axis == AXIS_CLOCK,
                       .x = area.x,
                       .width = area.w > 1 ? area.w : 1};
    double left = view->left, right = view->right, all_left, all_right;
    timeline_whole(history, view->axis, &all_left, &all_right);
    columns.whole = left >= right || (left <= all_left && right >= all_right);
    if (left >= right) {
        left = all_left;
        right = all_right;
    }
    bool is_virtual = history_is_virtual(history);
    if (columns.by_clock && !is_virtual) {
        make_linear(&columns, left, right);
        return columns;
    }
    columns.left = columns.by_clock ? cell_of_clock(history, left, false) : left;
    columns.right = columns.by_clock ? cell_of_clock(history, right, true) : right;
    if (columns.right <= columns.left)
        columns.right = columns.left + 1;
    bool found = columns.count == 0 ||
                 ((is_virtual ? find_jumps(&columns) : find_waits(&columns)) && find_stuck(&columns));
    if (!found) {
        columns.gap_count = 0;
        if (columns.by_clock) {
            make_linear(&columns, left, right);
            return columns;
        }
    }
    share_out(&columns, GAP_WIDTH * scene_of(NULL, view, NULL).layout.unit);
    return columns;
}

static double x_of_cell(const Columns *columns, double cell)
{
    const ColumnGap *gap = gap_at(columns, cell);
    double before = gap ? gap->before + gap->width * (gap_part(gap, cell) - gap_part(gap, columns->left)) : 0;
    double from = solid(gap_at(columns, columns->left), columns->left);
    return columns->x + before + columns->unit * (solid(gap, cell) - from);
}

static double x_of_clock(const Columns *columns, uint32_t i)
{
    return columns->x + columns->unit * ((double)history_ts(columns->history, i) - columns->left);
}

double columns_start(const Columns *columns, uint32_t i)
{
    if (i > columns->count)
        return columns_end(columns, columns->count);
    if (i == 0 || columns->count == 0)
        return columns->linear ? columns->x : x_of_cell(columns, 0);
    if (columns->linear)
        return x_of_clock(columns, i);
    const ColumnGap *gap = gap_at(columns, i - 0.5);
    return x_of_cell(columns, gap && gap->event == i ? i - 0.5 : i - 1);
}

double columns_end(const Columns *columns, uint32_t i)
{
    if (i > columns->count)
        i = columns->count;
    if (columns->linear)
        return i ? x_of_clock(columns, i) : columns->x;
    return x_of_cell(columns, i);
}

const ColumnGap *columns_gap(const Columns *columns, uint32_t i, double *from, double *until)
{
    const ColumnGap *gap = columns->linear || i == 0 ? NULL : gap_at(columns, i - 0.5);
    if (!gap || gap->event != i)
        return NULL;
    *from = x_of_cell(columns, i - 1);
    *until = x_of_cell(columns, i - 0.5);
    return gap;
}

/** The last gap that begins at or left of x. */
static const ColumnGap *gap_left_of(const Columns *columns, double x)
{
    size_t low = 0, high = columns->gap_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (x_of_cell(columns, columns->gaps[middle].event - 1) <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &columns->gaps[low - 1] : NULL;
}

/** The cell at x: x_of_cell the other way round. */
static double cell_at(const Columns *columns, double x)
{
    if (x <= columns->x)
        return columns->left;
    if (x >= columns->x + columns->width || columns->unit <= 0)
        return columns->right;
    const ColumnGap *gap = gap_left_of(columns, x);
    if (!gap)
        return columns->left + (x - columns->x) / columns->unit;
    double first = gap->event - 1, end = x_of_cell(columns, first + 0.5);
    if (x < end)
        return first + 0.5 - (end - x) / gap->width / 2;
    double cells = (x - end) / columns->unit;
    return cells < 1 ? first + 0.5 + cells / 2 : first + cells;
}

uint32_t columns_event(const Columns *columns, double x)
{
    if (columns->count == 0)
        return 0;
    if (columns->linear) {
        double ns = columns_value(columns, x);
        return first_event(columns->history, 1, (int64_t)floor(ns + 0.5), true) - 1;
    }
    double cell = cell_at(columns, x) - 1e-6;
    if (cell < 0)
        return 0;
    uint32_t i = (uint32_t)cell + 1;
    const ColumnGap *gap = gap_at(columns, cell);
    if (gap && gap->event == i && cell - (i - 1) < 0.5 - 1e-6)
        i--; /* inside the gap the event before it still holds */
    return i > columns->count ? columns->count : i;
}

double columns_value(const Columns *columns, double x)
{
    if (columns->linear) {
        double ns = columns->left + (x - columns->x) / columns->unit;
        return fmin(fmax(ns, columns->left), columns->right);
    }
    double cell = cell_at(columns, x);
    return columns->by_clock ? clock_of_cell(columns->history, cell) : cell;
}

uint32_t columns_first(const Columns *columns)
{
    if (columns->count == 0)
        return 0;
    if (!columns->linear)
        return first_cell(columns);
    uint32_t i = first_event(columns->history, 1, (int64_t)floor(columns->left), false);
    return i > columns->count ? columns->count : i;
}

uint32_t columns_last(const Columns *columns)
{
    if (columns->count == 0)
        return 0;
    if (!columns->linear)
        return last_cell(columns);
    uint32_t i = first_event(columns->history, 1, (int64_t)ceil(columns->right), true) - 1;
    return i < 1 ? 1 : i;
}
