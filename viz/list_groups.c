/*
 * list_groups.c — groups of lessons flow down columns.
 *
 * Lessons of one group stand together in the catalog. How the groups share the columns is a small search: the
 * least height at which filling one column after the other, group by group, makes do with the columns there
 * are. It needs no memory beyond a place for each group.
 */
#include "list_parts.h"

#include <string.h>

enum {
    ROW = 70, /* units, where everything fits; rows may stretch to ROW_MOST and shrink to ROW_LEAST */
    ROW_MOST = 88,
    ROW_LEAST = 60,
    HEADING = 46,
    GAP = 18,
    COLUMN_LEAST = 470, /* a column is not narrower */
    COLUMNS_MOST = 4,
    GROUPS_MOST = 64
};

typedef struct Group {
    size_t from, until; /* entries */
    size_t column;
    int y; /* px, from the top of the content */
} Group;

typedef struct Flow {
    Group groups[GROUPS_MOST];
    size_t count;
    size_t columns;
    int row, heading, gap; /* px */
    int height;            /* of the highest column */
} Flow;

static const char *group_name(const Scene *scene, const LessonEntry *entry)
{
    const char *name = entry->group[scene->lang];
    return name && *name ? name : scene_text(scene, "list.group.other");
}

/** Consecutive lessons of the same group; whatever is beyond GROUPS_MOST joins the last. */
static void find_groups(Flow *flow, const Scene *scene, const Catalog *catalog)
{
    for (size_t k = 0; k < catalog->count; k++) {
        const char *name = group_name(scene, &catalog->entries[k]);
        bool same = flow->count && strcmp(name, group_name(scene, &catalog->entries[k - 1])) == 0;
        if (!same && flow->count < GROUPS_MOST)
            flow->groups[flow->count++] = (Group){.from = k};
        flow->groups[flow->count - 1].until = k + 1;
    }
}

static int group_height(const Flow *flow, const Group *group)
{
    return flow->heading + (int)(group->until - group->from) * flow->row + flow->gap / 2;
}

/** Fills column after column up to `limit`. @return how many columns it takes */
static size_t fill(Flow *flow, int limit)
{
    size_t column = 0;
    int y = 0, highest = 0;
    for (size_t k = 0; k < flow->count; k++) {
        int height = group_height(flow, &flow->groups[k]);
        if (y > 0 && y + height > limit) {
            column++;
            y = 0;
        }
        flow->groups[k].column = column;
        flow->groups[k].y = y;
        y += height + flow->gap;
        if (y - flow->gap > highest)
            highest = y - flow->gap;
    }
    flow->height = highest;
    return column + 1;
}

/** The least height with which the groups make do with `columns`. */
static void balance(Flow *flow, size_t columns)
{
    int low = 0, high = 0;
    for (size_t k = 0; k < flow->count; k++)
        high += group_height(flow, &flow->groups[k]) + flow->gap;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (fill(flow, middle) <= columns)
            high = middle;
        else
            low = middle + 1;
    }
    fill(flow, high);
    flow->columns = columns;
}

/** As few columns as make everything fit; if none do, as many as there is room for. */
static void flow_make(Flow *flow, const Scene *scene, const Catalog *catalog, Rect r)
{
    size_t most = (size_t)(r.w / scene_px(scene, COLUMN_LEAST));
    most = most < 1 ? 1 : most > COLUMNS_MOST ? COLUMNS_MOST : most;
    find_groups(flow, scene, catalog);
    flow->heading = scene_px(scene, HEADING);
    flow->gap = scene_px(scene, GAP);
    for (size_t columns = most < 2 ? 1 : 2; columns <= most; columns++) {
        flow->row = scene_px(scene, ROW);
        balance(flow, columns);
        if (flow->height > r.h) {
            flow->row = scene_px(scene, ROW_LEAST);
            balance(flow, columns);
        }
        if (flow->height <= r.h)
            break;
    }
    if (flow->height > r.h) { /* it scrolls in any case */
        flow->row = scene_px(scene, ROW);
        balance(flow, flow->columns);
        return;
    }
    while (flow->height <= r.h && flow->row < scene_px(scene, ROW_MOST)) { /* use the room there is */
        flow->row++;
        balance(flow, flow->columns);
    }
    if (flow->height > r.h) {
        flow->row--;
        balance(flow, flow->columns);
    }
}

/** Where the marked lesson is in the content. */
static int marked_place(const Flow *flow, size_t marked)
{
    for (size_t k = 0; k < flow->count; k++)
        if (marked >= flow->groups[k].from && marked < flow->groups[k].until)
            return flow->groups[k].y + flow->heading + (int)(marked - flow->groups[k].from) * flow->row +
                   flow->row / 2;
    return 0;
}

static void group_draw(DrawList *list, const Scene *scene, const Catalog *catalog, const Flow *flow,
                       const Group *group, Rect r)
{
    int padding = scene_px(scene, 20), size = scene_px(scene, TEXT_BODY), y = r.y + flow->heading;
    scene_ground(list, scene, r);
    scene_label(
        list,
        rect(r.x + padding, r.y + scene_px(scene, 4), r.w - 2 * padding, flow->heading - scene_px(scene, 4)),
        FACE_UI_BOLD, size, COLOR_MUTED, group_name(scene, &catalog->entries[group->from]), ID_NONE);
    for (size_t k = group->from; k < group->until; k++) {
        draw_fill(list, rect(r.x + padding, y, r.w - 2 * padding, 1), 0, COLOR_GRID, 255);
        list_row(list, scene, &catalog->entries[k], k, rect(r.x, y, r.w, flow->row));
        y += flow->row;
    }
}

void list_groups(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    Flow flow = {0};
    Rect seen = rect(r.x - scene_px(scene, GAP) / 2, r.y, r.w + scene_px(scene, GAP), r.h);
    r.h -= scene_px(scene, GAP);
    flow_make(&flow, scene, catalog, r);
    int natural = marked_place(&flow, scene->view->list_mark) - r.h / 2;
    int offset = scene_scroll(scene, PANEL_LIST, natural < 0 ? 0 : natural, flow.height, r.h);
    int gap = flow.gap, w = (r.w - (int)(flow.columns - 1) * gap) / (int)flow.columns;
    scene_scroll_area(list, seen, PANEL_LIST);
    size_t first = list->hot_count;
    draw_clip(list, seen);
    for (size_t k = 0; k < flow.count; k++) {
        const Group *group = &flow.groups[k];
        Rect place = rect(r.x + (int)group->column * (w + gap), r.y + group->y - offset, w,
                          group_height(&flow, group));
        if (place.y < seen.y + seen.h && place.y + place.h > seen.y)
            group_draw(list, scene, catalog, &flow, group, place);
    }
    draw_unclip(list);
    hots_in_sight(list, first, seen);
    scene_scrollbar(list, scene, rect(r.x, r.y, r.w + scene_px(scene, 14), r.h), offset, flow.height);
}
