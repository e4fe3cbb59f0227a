/*
 * timeline_rows.c — which lane is in which row, and where the row is.
 *
 * Rows are as high as the room allows within limits; when they do not fit even at the least height they
 * scroll by themselves, a page at a time, so that the row of whatever runs is in sight. Row numbers are lane
 * numbers less the helpers before them, so nothing has to be stored for a lane.
 */
#include "timeline_parts.h"

enum {
    ROW_MOST = 56, /* units */
    ROW_LEAST = 34,
    ROW_LEAST_COMPACT = 27,
    SLIM = 60,            /* percent of a row */
    LANES_LOOKED = 65536, /* with more lanes than these nobody looks for helpers among them */
};

bool lane_index(const History *history, Id id, size_t *index)
{
    const Lane *lane = id == ID_NONE ? NULL : history_lane_of(history, id);
    if (!lane)
        return false;
    /* Lanes are numbered by creation. Tasks mostly have the lane before their number, so look around there.
     */
    size_t count = history_lanes(history), near = id_number(id) < count ? id_number(id) : count;
    for (size_t distance = 0; distance <= count; distance++) {
        if (near >= distance && near - distance < count && history_lane(history, near - distance) == lane) {
            *index = near - distance;
            return true;
        }
        if (near + distance < count && history_lane(history, near + distance) == lane) {
            *index = near + distance;
            return true;
        }
    }
    return false;
}

static void find_helpers(Rows *rows)
{
    if (rows->lanes > LANES_LOOKED)
        return;
    for (size_t k = 0; k < rows->lanes && rows->helper_count < ROW_HELPERS; k++)
        if (history_lane(rows->history, k)->helper)
            rows->helpers[rows->helper_count++] = (uint32_t)k;
}

/** @return false for a helper */
static bool row_of_lane(const Rows *rows, size_t lane, size_t *row)
{
    size_t before = 0;
    while (before < rows->helper_count && rows->helpers[before] < lane)
        before++;
    *row = lane - before;
    return before == rows->helper_count || rows->helpers[before] != lane;
}

size_t rows_lane(const Rows *rows, size_t row)
{
    size_t lane = row;
    for (size_t k = 0; k < rows->helper_count && rows->helpers[k] <= lane; k++)
        lane++;
    return lane;
}

/** The last edge at or before event i. */
static Id last_moved(const History *history, uint32_t i)
{
    const Edge *edges;
    size_t low = 0, high = history_edges(history, &edges);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edges[middle].to <= i)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? edges[low - 1].target : ID_NONE;
}

/** Whose row has to be in sight: who runs, else who is next, else who moved last. */
static Id in_focus(const Scene *scene)
{
    const State *state = scene->state;
    if (state->running != ID_NONE)
        return state->running;
    for (size_t k = 0; k < state->ready_count; k++)
        if (state->ready[k].task != ID_NONE)
            return state->ready[k].task;
    return last_moved(scene->history, state->i);
}

/** The place that the rows would choose: the page that the row in focus is on. */
static int page_of_focus(const Rows *rows, const Scene *scene)
{
    size_t lane, row, page = rows->height > 0 ? (size_t)(rows->area.h / rows->height) : 1;
    if (page == 0)
        page = 1;
    if (!lane_index(rows->history, in_focus(scene), &lane) || !row_of_lane(rows, lane, &row))
        return 0;
    return (int)(row / page * page) * rows->height;
}

static int clamp(int low, int value, int high)
{
    return value < low ? low : value > high ? high : value;
}

Rows rows_of(const Scene *scene, Rect area)
{
    Rows rows = {.history = scene->history, .lanes = history_lanes(scene->history)};
    bool has_loop = history_iterations(scene->history) > 0;
    find_helpers(&rows);
    rows.count = rows.lanes - rows.helper_count;

    int least = scene_px(scene, scene->layout.compact ? ROW_LEAST_COMPACT : ROW_LEAST);
    int hundredths = 100 * has_loop + (rows.helper_count ? SLIM : 0);
    int64_t all = (int64_t)rows.count * 100 + hundredths;
    int height = all ? (int)((int64_t)area.h * 100 / all) : area.h;
    rows.height = clamp(least, height, scene_px(scene, ROW_MOST));
    if (height < least) /* they do not fit: as many whole rows as there is room for */
        rows.height = area.h / clamp(1, area.h / least, 1 << 16);
    rows.slim = rows.helper_count ? rows.height * SLIM / 100 : 0;
    rows.loop = (Row){area.y, has_loop ? rows.height : 0};
    rows.area = rect(area.x, area.y + rows.loop.h, area.w, area.h - rows.loop.h);
    int64_t content = (int64_t)rows.count * rows.height + rows.slim;
    rows.content = content > INT32_MAX ? INT32_MAX : (int)content;
    if (rows.content > rows.area.h && rows.area.h > rows.height)
        rows.area.h -= rows.area.h % rows.height; /* no row is cut in half */
    rows.scroll = scene_scroll(scene, PANEL_LANES, page_of_focus(&rows, scene), rows.content, rows.area.h);
    return rows;
}

Row rows_at(const Rows *rows, size_t row)
{
    int64_t y = rows->area.y + (int64_t)row * rows->height - rows->scroll;
    return (Row){y > INT32_MAX / 2 ? INT32_MAX / 2 : (int)y, rows->height};
}

Row rows_helpers(const Rows *rows)
{
    return (Row){rows_at(rows, rows->count).y, rows->slim};
}

void rows_visible(const Rows *rows, size_t *first, size_t *last)
{
    int height = rows->height > 0 ? rows->height : 1;
    size_t behind = (size_t)((rows->scroll + rows->area.h + height - 1) / height);
    *first = (size_t)(rows->scroll / height);
    *last = behind < rows->count ? behind : rows->count;
    if (*first > *last)
        *first = *last;
}

bool rows_of_id(const Rows *rows, Id id, Row *row)
{
    size_t lane, number;
    if (id == ID_NONE) {
        *row = rows->loop;
        return rows->loop.h > 0;
    }
    if (!lane_index(rows->history, id, &lane) || !row_of_lane(rows, lane, &number))
        return false;
    *row = rows_at(rows, number);
    return true;
}
