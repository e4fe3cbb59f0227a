/*
 * timeline.h — where an event stands on the timeline, and what stands where the mouse is.
 *
 * By step every event has a *cell*, all of one width: event i is the cell from i − 1 to i, and the playhead
 * of the state after event i stands at its right end. Where time passes before an event (select waited, a
 * call blocked), its cell has a gap in front, of a fixed width whatever the length, with the length written
 * in it:
 *
 *     cell     2        3             4        5
 *         ├────────┼────────┼┄┄ 1.000 s ┄┄├────────┼────────┤
 *
 * By clock, x is the time. Under the virtual clock everything happens at a few instants; there the gaps are
 * as long as the time that passes and share the width with the cells, which stand side by side at their
 * instant. A trace with more instants than can be told apart is drawn linearly.
 *
 * view->left and view->right are in columns of the axis: cells, or nanoseconds. Pure functions: the window
 * maps the mouse through them (the rectangle is the one of the DO_RULER hot).
 */
#ifndef VIZ_TIMELINE_H
#define VIZ_TIMELINE_H

#include "draw.h"
#include "view.h"

/** More gaps than this in sight have no width. */
#define COLUMN_GAPS 96

typedef struct ColumnGap {
    uint32_t event; /* in whose cell it lies, in front */
    int64_t length; /* ns that pass; -1: for ever, the program is stuck */
    double width;   /* px */
    double before;  /* px of the gaps before it, from `left` on */
} ColumnGap;

/** The visible columns over an area's width. Plain data, good for one history size and view. */
typedef struct Columns {
    const History *history;
    uint32_t count; /* events */
    bool by_clock;
    bool linear;        /* by clock, and x is the time itself */
    bool whole;         /* everything is in sight */
    double left, right; /* visible: cells, or ns when linear */
    double x, width;    /* of the area, px */
    double unit;        /* px of a cell, or of a nanosecond when linear */
    ColumnGap gaps[COLUMN_GAPS];
    size_t gap_count;
} Columns;

/** The columns that the view shows, spread over the width of `area`. */
Columns columns_of(const History *history, const View *view, Rect area);

/** Where event i begins (behind the gap in front of it) and ends; outside the area for what is not in sight.
 */
double columns_start(const Columns *columns, uint32_t i);
double columns_end(const Columns *columns, uint32_t i);
/** The gap in front of event i. @return NULL when there is none, or none in sight */
const ColumnGap *columns_gap(const Columns *columns, uint32_t i, double *from, double *until);
/** The event whose cell has x: the state to show when a reader points there. 0 … count */
uint32_t columns_event(const Columns *columns, double x);
/** The column at x in the unit of view->left and view->right. */
double columns_value(const Columns *columns, double x);
/** First and last event of which something is in sight. */
uint32_t columns_first(const Columns *columns);
uint32_t columns_last(const Columns *columns);

/** All columns of a history on an axis: what left and right are when everything is in sight. */
void timeline_whole(const History *history, Axis axis, double *left, double *right);
/** The column of event i: its place in the unit of view->left and view->right. */
double timeline_column(const History *history, Axis axis, uint32_t i);

#endif
