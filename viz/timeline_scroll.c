/*
 * timeline_scroll.c — which rows are in sight when not all of them fit.
 *
 * Who begins to run needs its row, and so does whoever is created, woken or cancelled, beside the row of who
 * did it. The trace is cut into stretches, each as long as all rows that it needs fit together, and in a
 * stretch nothing scrolls; from one to the next the rows move as little as they can:
 *
 *     runs:   1 2 3 1 │ 4 5 6 5 6 4 │ 2 1        3 rows in sight
 *     top:    1       │ 4           │ 2 … 1
 *
 * So the place depends on the moment shown alone, whichever way the reader came to it. A long trace is cut
 * every LOOKED events, so that no picture costs more than that.
 */
#include "timeline_parts.h"

enum { LOOKED = 8192 };

/** From row low to row high everything has to be in sight at an event. */
typedef struct Need {
    uint32_t event;
    size_t low, high;
} Need;

typedef struct Walk {
    const Rows *rows;
    size_t in_sight;
    uint32_t i, end; /* the next event, and the last */
    const Edge *edges;
    size_t edge, edge_count; /* the next edge */
    Id running;
} Walk;

static Walk walk_from(const Rows *rows, size_t in_sight, uint32_t first)
{
    uint32_t count = history_count(rows->history);
    Walk walk = {.rows = rows, .in_sight = in_sight, .i = first, .running = ID_NONE};
    walk.end = count - first < LOOKED ? count : first + LOOKED - 1;
    walk.edge_count = history_edges(rows->history, &walk.edges);
    size_t high = walk.edge_count;
    while (walk.edge < high) {
        size_t middle = walk.edge + (high - walk.edge) / 2;
        if (walk.edges[middle].to < first)
            walk.edge = middle + 1;
        else
            high = middle;
    }
    return walk;
}

/** @return false for what is always in sight */
static bool needs(const Walk *walk, Id id, Need *need)
{
    size_t row;
    const Rows *rows = walk->rows;
    if (id == ID_NONE || !rows_number(rows, id, &row) || row == rows->count || (row == 0 && rows->first.h))
        return false;
    need->low = need->high = row;
    return true;
}

/** Who moved, and who moved it, when both fit; else the one who runs. */
static bool needs_both(const Walk *walk, Id target, Need *need)
{
    Need runs;
    bool both = needs(walk, walk->running, &runs);
    if (!needs(walk, target, need))
        return false;
    if (!both)
        return true;
    size_t low = runs.low < need->low ? runs.low : need->low;
    size_t high = runs.high > need->high ? runs.high : need->high;
    if (high - low >= walk->in_sight)
        low = runs.low, high = runs.high;
    need->low = low;
    need->high = high;
    return true;
}

static bool next_need(Walk *walk, Need *need)
{
    while (walk->i <= walk->end) {
        bool found = false;
        EventKind kind = history_kind(walk->rows->history, walk->i);
        if (kind == EV_RUN) {
            walk->running = history_event(walk->rows->history, walk->i).task;
            found = needs(walk, walk->running, need);
        } else if (kind == EV_RAN) {
            walk->running = ID_NONE;
        }
        for (; walk->edge < walk->edge_count && walk->edges[walk->edge].to <= walk->i; walk->edge++) {
            Id target = walk->edges[walk->edge].target;
            if (walk->edges[walk->edge].kind == EDGE_SWITCH)
                walk->running = target;
            found = needs_both(walk, target, need) || found;
        }
        need->event = walk->i++;
        if (found)
            return true;
    }
    return false;
}

/** The place nearest to the one before from which all of low … high is seen. */
static size_t nearest(size_t before, size_t low, size_t high, size_t in_sight)
{
    size_t least = high + 1 > in_sight ? high + 1 - in_sight : 0;
    return before < least ? least : before > low ? low : before;
}

size_t rows_top(const Rows *rows, uint32_t i, size_t in_sight)
{
    Need need;
    size_t top = rows->first.h ? 1 : 0, low = 0, high = 0;
    bool any = false;
    if (in_sight == 0 || history_count(rows->history) == 0)
        return top;
    Walk walk = walk_from(rows, in_sight, i > 0 ? (i - 1) / LOOKED * LOOKED + 1 : 1);
    while (next_need(&walk, &need)) {
        size_t lower = any && low < need.low ? low : need.low,
               higher = any && high > need.high ? high : need.high;
        if (higher - lower >= in_sight) {
            if (need.event > i)
                break;
            top = nearest(top, low, high, in_sight);
            lower = need.low;
            higher = need.high;
        }
        low = lower;
        high = higher;
        any = true;
    }
    return any ? nearest(top, low, high, in_sight) : top;
}
