/*
 * timeline_rows.c — which lane is in which row, and where the row is.
 *
 * Rows are as high as the room allows within limits; when they do not fit even at the least height they
 * scroll by themselves, so that the row of whatever runs is in sight (timeline_scroll.c). Row numbers are
 * lane numbers less the helpers before them, so nothing has to be stored for a lane.
 */
#include "timeline_parts.h"

enum {
    ROW_MOST = 56, /* units */
    ROW_LEAST = 29,
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
        if (history_lane(rows->history, k)->helper || history_lane(rows->history, k)->internal)
            rows->helpers[rows->helper_count++] = (uint32_t)k;
}

/** rows->count for a helper */
static size_t row_of_lane(const Rows *rows, size_t lane)
{
    size_t before = 0;
    while (before < rows->helper_count && rows->helpers[before] < lane)
        before++;
    bool helper = before < rows->helper_count && rows->helpers[before] == lane;
    return helper ? rows->count : lane - before;
}

size_t rows_lane(const Rows *rows, size_t row)
{
    size_t lane = row;
    for (size_t k = 0; k < rows->helper_count && rows->helpers[k] <= lane; k++)
        lane++;
    return lane;
}

bool rows_number(const Rows *rows, Id id, size_t *row)
{
    size_t lane;
    if (!lane_index(rows->history, id, &lane))
        return false;
    *row = row_of_lane(rows, lane);
    return true;
}

/** Is the first lane one that lasts: main, which all the others belong to? */
static bool first_lasts(const Rows *rows)
{
    const Lane *first = history_lane(rows->history, rows_lane(rows, 0));
    const Lane *last = history_lane(rows->history, rows_lane(rows, rows->count - 1));
    return first->ended == 0 || first->ended > last->created;
}

static int clamp(int low, int value, int high)
{
    return value < low ? low : value > high ? high : value;
}

/** When they do not fit: as many whole rows as there is room for, the first one standing still. */
static void scroll_rows(Rows *rows, const Scene *scene)
{
    enum { ROWS_LEAST = 3 }; /* in sight, for one of them to stand still */
    size_t in_sight = rows->height > 0 ? (size_t)(rows->area.h / rows->height) : 0;
    if (rows->content > rows->area.h && in_sight >= ROWS_LEAST && first_lasts(rows)) {
        rows->first = (Row){rows->area.y, rows->height};
        rows->area.y += rows->height;
        rows->area.h -= rows->height;
        rows->content -= rows->height;
        in_sight--;
    }
    if (rows->content > rows->area.h && rows->area.h > rows->height)
        rows->area.h -= rows->area.h % rows->height; /* no row is cut in half */
    if (rows->content > rows->area.h) {
        size_t above = rows_top(rows, scene->view->i, in_sight) - (rows->first.h > 0);
        int64_t natural = (int64_t)above * rows->height;
        rows->scroll = natural > INT32_MAX / 2 ? INT32_MAX / 2 : (int)natural;
    }
    rows->scroll = scene_scroll(scene, PANEL_LANES, rows->scroll, rows->content, rows->area.h);
}

Rows rows_of(const Scene *scene, Rect area)
{
    Rows rows = {.history = scene->history, .lanes = history_lanes(scene->history)};
    bool has_loop = history_iterations(scene->history) > 0;
    find_helpers(&rows);
    rows.count = rows.lanes - rows.helper_count;

    int least = scene_px(scene, scene->layout.compact ? ROW_LEAST_COMPACT : ROW_LEAST);
    int slim = rows.helper_count ? SLIM : 0;
    int64_t all = ((int64_t)rows.count + has_loop) * 100 + slim;
    int height = all ? (int)((int64_t)area.h * 100 / all) : area.h;
    rows.height = clamp(least, height, scene_px(scene, ROW_MOST));
    if (height < least) /* as many whole ones as there is room for */
        rows.height = area.h * 100 / (clamp(1, (area.h * 100 / least - slim) / 100, 1 << 16) * 100 + slim);
    rows.slim = rows.height * slim / 100;
    rows.loop = (Row){area.y, has_loop ? rows.height : 0};
    rows.area = rect(area.x, area.y + rows.loop.h, area.w, area.h - rows.loop.h - rows.slim);
    int64_t content = (int64_t)rows.count * rows.height;
    rows.content = content > INT32_MAX ? INT32_MAX : (int)content;
    scroll_rows(&rows, scene);
    return rows;
}

Row rows_at(const Rows *rows, size_t row)
{
    size_t still = rows->first.h > 0;
    if (row < still)
        return rows->first;
    int64_t y = rows->area.y + (int64_t)(row - still) * rows->height - rows->scroll;
    return (Row){y > INT32_MAX / 2 ? INT32_MAX / 2 : (int)y, rows->height};
}

Row rows_helpers(const Rows *rows)
{
    return (Row){rows->area.y + (rows->content < rows->area.h ? rows->content : rows->area.h), rows->slim};
}

void rows_visible(const Rows *rows, size_t *first, size_t *last)
{
    size_t still = rows->first.h > 0;
    int height = rows->height > 0 ? rows->height : 1;
    size_t behind = still + (size_t)((rows->scroll + rows->area.h + height - 1) / height);
    *first = still + (size_t)(rows->scroll / height);
    *last = behind < rows->count ? behind : rows->count;
    if (*first > *last)
        *first = *last;
}

bool rows_of_id(const Rows *rows, Id id, Row *row)
{
    size_t number;
    if (id == ID_NONE) {
        *row = rows->loop;
        return rows->loop.h > 0;
    }
    if (!rows_number(rows, id, &number) || number == rows->count)
        return false;
    *row = rows_at(rows, number);
    return true;
}

bool rows_show(const Rows *rows, Id id)
{
    size_t number, first, last;
    if (id == ID_NONE)
        return rows->loop.h > 0;
    if (!rows_number(rows, id, &number))
        return false;
    rows_visible(rows, &first, &last);
    return (number == 0 && rows->first.h > 0) || (number >= first && number < last);
}
