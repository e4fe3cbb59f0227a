/*
 * list_groups.c — groups of lessons flow down columns, below what stands at the top of the first.
 *
 * Lessons of one group stand together in the catalog. How the groups share the columns is a small search: the
 * least height at which filling one column after the other, group by group, makes do with the columns there
 * are. What is left over then goes to the rows, and evens out the columns. Where not everything fits, the
 * groups are parted into shelves, each as many as fill the window, so that scrolling never tears a column
 * apart. It needs no memory beyond a place for each group.
 */
#include "list_parts.h"

#include <string.h>

enum {
    ROW = 74, /* units, where everything fits; rows may stretch to ROW_MOST and shrink to ROW_LEAST */
    ROW_MOST = 108,
    ROW_LEAST = 66,
    ROW_ROOMY = 96, /* a title and two lines */
    STRETCH = 26,   /* a row may be so much higher than others, to even out its column */
    HEADING = 40,
    HEADING_COMPACT = 38,
    GAP = 18,
    COLUMN_LEAST = 470, /* a column is not narrower */
    COLUMNS_MOST = 4,
    GROUPS_MOST = 64
};

typedef struct Group {
    size_t from, until; /* entries */
    size_t column;
    int y, row; /* px: from the top of the content, and the height of a row */
} Group;

/** Groups that share the columns. */
typedef struct Flow {
    Group *groups;
    size_t count;
    size_t columns;
    int y;                 /* px: from the top of the content */
    int row, heading, gap; /* px */
    int hero;              /* px above the first group, gap included */
    int height;            /* of the highest column */
} Flow;

typedef struct Shelves {
    Group groups[GROUPS_MOST];
    size_t group_count;
    Flow flows[GROUPS_MOST];
    size_t count;
    int height;
} Shelves;

static const char *group_name(const Scene *scene, const LessonEntry *entry)
{
    const char *name = entry->group[scene->lang];
    return name && *name ? name : scene_text(scene, "list.group.other");
}

/** Consecutive lessons of the same group; whatever is beyond GROUPS_MOST joins the last. */
static void find_groups(Shelves *shelves, const Scene *scene, const Catalog *catalog)
{
    for (size_t k = 0; k < catalog->count; k++) {
        const char *name = group_name(scene, &catalog->entries[k]);
        bool same = shelves->group_count && strcmp(name, group_name(scene, &catalog->entries[k - 1])) == 0;
        if (!same && shelves->group_count < GROUPS_MOST)
            shelves->groups[shelves->group_count++] = (Group){.from = k};
        shelves->groups[shelves->group_count - 1].until = k + 1;
    }
}

static int rows_of_group(const Group *group)
{
    return (int)(group->until - group->from);
}

static int group_height(const Flow *flow, const Group *group)
{
    return flow->heading + rows_of_group(group) * group->row + flow->gap / 2;
}

/** Fills column after column up to `limit`. @return how many columns it takes */
static size_t fill(Flow *flow, int limit)
{
    size_t column = 0;
    int y = flow->hero, highest = y;
    for (size_t k = 0; k < flow->count; k++) {
        Group *group = &flow->groups[k];
        group->row = flow->row;
        int height = group_height(flow, group);
        if (k > 0 && y + height > limit) {
            column++;
            y = 0;
        }
        group->column = column;
        group->y = y;
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
    int low = 0, high = flow->hero;
    for (size_t k = 0; k < flow->count; k++)
        high += flow->heading + rows_of_group(&flow->groups[k]) * flow->row + 2 * flow->gap;
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

static int column_width(const Flow *flow, Rect r, size_t columns)
{
    return (r.w - (int)(columns - 1) * flow->gap) / (int)columns;
}

/** @return false when even the lowest rows are too many for r */
static bool fits(Flow *flow, DrawList *list, const Scene *scene, const Catalog *catalog, Rect r,
                 size_t columns, int row)
{
    if (flow->hero > 0)
        flow->hero = list_hero_height(list, scene, catalog, column_width(flow, r, columns)) + flow->gap;
    flow->row = scene_px(scene, row);
    balance(flow, columns);
    return flow->height <= r.h;
}

static size_t most_columns(const Scene *scene, Rect r)
{
    size_t most = (size_t)(r.w / scene_px(scene, COLUMN_LEAST));
    return most < 1 ? 1 : most > COLUMNS_MOST ? COLUMNS_MOST : most;
}

/** As few columns as make everything fit. @return false when none do */
static bool choose_columns(Flow *flow, DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    size_t most = most_columns(scene, r);
    static const int rows[] = {ROW, ROW_LEAST};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        for (size_t columns = most < 2 ? 1 : 2; columns <= most; columns++)
            if (fits(flow, list, scene, catalog, r, columns, rows[k]))
                return true;
    return false;
}

/** Uses the height there is: higher rows, as long as everything still fits. */
static void grow_rows(Flow *flow, const Scene *scene, int room)
{
    while (flow->height <= room && flow->row < scene_px(scene, ROW_MOST)) {
        flow->row++;
        balance(flow, flow->columns);
    }
    if (flow->height > room) {
        flow->row--;
        balance(flow, flow->columns);
    }
}

/** How far down a column goes, and how many rows it has. */
static int column_end(const Flow *flow, size_t column, int *rows)
{
    int end = 0;
    *rows = 0;
    for (size_t k = 0; k < flow->count; k++) {
        if (flow->groups[k].column != column)
            continue;
        end = flow->groups[k].y + group_height(flow, &flow->groups[k]);
        *rows += rows_of_group(&flow->groups[k]);
    }
    return end;
}

/**
 * All columns end at the same height: below a hero, which takes what the first column has to spare, and
 * elsewhere by rows that are a little higher.
 */
static void level(Flow *flow, const Scene *scene, int height)
{
    for (size_t column = 0; column < flow->columns; column++) {
        int rows, spare = height - column_end(flow, column, &rows), y = 0;
        if (rows == 0)
            continue;
        int most = scene_px(scene, STRETCH), more = column == 0 && flow->hero ? 0 : spare / rows;
        more = more < most ? more : most;
        if (column == 0 && flow->hero) {
            flow->hero += spare;
            y = flow->hero;
        }
        for (size_t k = 0; k < flow->count; k++) {
            Group *group = &flow->groups[k];
            if (group->column != column)
                continue;
            group->row += more;
            group->y = y;
            y += group_height(flow, group) + flow->gap;
        }
    }
    flow->height = height;
}

static Flow flow_of(const Scene *scene, Group *groups, size_t count, bool first)
{
    return (Flow){.groups = groups,
                  .count = count,
                  .heading = scene_px(scene, scene->layout.compact ? HEADING_COMPACT : HEADING),
                  .gap = scene_px(scene, GAP),
                  .hero = first};
}

/** The next shelf: as many of the groups as fit into r, at least one; all have the same columns. */
static Flow next_shelf(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r, Group *groups,
                       size_t count, bool first)
{
    size_t columns = most_columns(scene, r), most = 1;
    Flow flow = flow_of(scene, groups, count, first);
    while (most < count) {
        flow.count = most + 1;
        if (!fits(&flow, list, scene, catalog, r, columns, ROW_LEAST))
            break;
        most++;
    }
    flow.count = most;
    if (!fits(&flow, list, scene, catalog, r, columns, ROW_LEAST))
        fits(&flow, list, scene, catalog, r, columns, ROW_ROOMY); /* it scrolls in any case */
    else if (most < count || !fits(&flow, list, scene, catalog, r, columns, ROW)) {
        fits(&flow, list, scene, catalog, r, columns, ROW_LEAST);
        grow_rows(&flow, scene, r.h);
    }
    return flow;
}

static void shelves_make(Shelves *shelves, DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    find_groups(shelves, scene, catalog);
    Flow all = flow_of(scene, shelves->groups, shelves->group_count, true);
    if (choose_columns(&all, list, scene, catalog, r)) {
        grow_rows(&all, scene, r.h);
        if (all.columns > 1)
            level(&all, scene, all.height);
        shelves->flows[shelves->count++] = all;
        shelves->height = all.height;
        return;
    }
    for (size_t from = 0; from < shelves->group_count;) {
        Flow flow = next_shelf(list, scene, catalog, r, &shelves->groups[from], shelves->group_count - from,
                               from == 0);
        if (flow.columns > 1 && flow.height <= r.h)
            level(&flow, scene, flow.height);
        flow.y = from ? shelves->height + flow.gap : 0;
        shelves->height = flow.y + flow.height;
        shelves->flows[shelves->count++] = flow;
        from += flow.count;
    }
}

/** Where the content begins so that the marked lesson is seen: with its shelf, or, where that is too high,
 * with the lesson in the lower part of the window. */
static int natural_place(const Shelves *shelves, size_t marked, int room)
{
    for (size_t s = 0; s < shelves->count; s++) {
        const Flow *flow = &shelves->flows[s];
        for (size_t k = 0; k < flow->count; k++) {
            const Group *group = &flow->groups[k];
            if (marked < group->from || marked >= group->until)
                continue;
            int y = flow->y + group->y + flow->heading + (int)(marked - group->from) * group->row +
                    group->row / 2;
            int place = flow->height <= room ? flow->y : y - room * 2 / 3;
            return place > 0 ? place : 0;
        }
    }
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
        list_row(list, scene, &catalog->entries[k], k, rect(r.x, y, r.w, group->row));
        y += group->row;
    }
}

static void flow_draw(DrawList *list, const Scene *scene, const Catalog *catalog, const Flow *flow, Rect r,
                      Rect seen)
{
    int w = column_width(flow, r, flow->columns);
    for (size_t k = 0; k < flow->count; k++) {
        const Group *group = &flow->groups[k];
        Rect place =
            rect(r.x + (int)group->column * (w + flow->gap), r.y + group->y, w, group_height(flow, group));
        if (place.y < seen.y + seen.h && place.y + place.h > seen.y)
            group_draw(list, scene, catalog, flow, group, place);
    }
}

void list_groups(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    Shelves shelves = {.count = 0};
    Rect seen = rect(r.x - scene_px(scene, GAP) / 2, r.y, r.w + scene_px(scene, GAP), r.h);
    r.h -= scene_px(scene, GAP);
    shelves_make(&shelves, list, scene, catalog, r);
    int natural = natural_place(&shelves, scene->view->list_mark, r.h);
    int offset = scene_scroll(scene, PANEL_LIST, natural, shelves.height, r.h);
    const Flow *top = &shelves.flows[0];
    scene_scroll_area(list, seen, PANEL_LIST);
    size_t first = list->hot_count;
    draw_clip(list, seen);
    list_hero(list, scene, catalog,
              rect(r.x, r.y - offset, column_width(top, r, top->columns), top->hero - top->gap));
    for (size_t k = 0; k < shelves.count; k++)
        flow_draw(list, scene, catalog, &shelves.flows[k],
                  rect(r.x, r.y + shelves.flows[k].y - offset, r.w, r.h), seen);
    draw_unclip(list);
    hots_in_sight(list, first, seen);
    scene_scrollbar(list, scene, rect(r.x, r.y, r.w + scene_px(scene, 14), r.h), offset, shelves.height);
}
