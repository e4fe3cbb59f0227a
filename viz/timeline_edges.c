/*
 * timeline_edges.c — what made a lane move, as arrows from row to row.
 *
 * An arrow leaves the row where the cause happened (the loop's, for a timer) and arrives where the lane
 * becomes ready; there is none to a row that is out of sight. All are quiet and lie under the bars, except
 * those of the step just taken, which lie on top.
 * Where there would be more than an arrow every few pixels, only those of the step are drawn.
 */
#include "timeline_parts.h"

#include <math.h>

enum {
    APART = 14,  /* units an arrow has for itself */
    HEAD = 9,    /* units of the arrow's head */
    AT_ONCE = 3, /* events from cause to effect */
    QUIET = 120,
    QUIET_FUTURE = 44
};

/** First edge that arrives at event i or later. */
static size_t edge_from(const Edge *edges, size_t count, uint32_t i)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edges[middle].to < i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static Color edge_color(EdgeKind kind)
{
    switch (kind) {
    case EDGE_WAKE:
        return COLOR_READY;
    case EDGE_CANCEL:
        return COLOR_CANCELLED;
    default:
        return COLOR_MUTED;
    }
}

static void arrow(const Timeline *timeline, const Edge *edge, int alpha, int width)
{
    DrawList *list = timeline->list;
    const Rect *area = &timeline->rows.area;
    Row from, to;
    if (edge->source == ID_NONE && edge->kind == EDGE_CREATE)
        return; /* the program made it before the loop ran */
    if (!rows_of_id(&timeline->rows, edge->source, &from) ||
        !rows_of_id(&timeline->rows, edge->target, &to) || !rows_show(&timeline->rows, edge->target) ||
        edge->source == edge->target)
        return;
    bool down = to.y > from.y;
    if (!rows_show(&timeline->rows, edge->source)) /* it comes from beyond the edge of the rows */
        from = (Row){down ? area->y : area->y + area->h, 0};
    int head = scene_px(timeline->scene, HEAD);
    int x1 = (int)lround(columns_start(&timeline->columns, edge->to)) + head / 2;
    bool at_once = edge->to - edge->from <= AT_ONCE; /* the cause is in the same place */
    int x0 = at_once ? x1 : (int)lround(columns_end(&timeline->columns, edge->from));
    int y0 = down ? from.y + from.h * 70 / 100 : from.y + from.h * 30 / 100;
    int y1 = down ? to.y + to.h * 28 / 100 : to.y + to.h * 72 / 100;
    Color color = edge_color(edge->kind);
    draw_curve(list, x0, y0, x1, down ? y1 - head : y1 + head, width, color, alpha);
    draw_triangle(list, rect(x1 - head / 2, down ? y1 - head : y1, head, head), down ? 1 : 3, color, alpha);
}

void timeline_edges(const Timeline *timeline, bool of_this_step)
{
    const Edge *edges;
    const View *view = timeline->scene->view;
    size_t count = history_edges(timeline->history, &edges);
    uint32_t first = columns_first(&timeline->columns), last = columns_last(&timeline->columns);
    size_t from = edge_from(edges, count, first), until = edge_from(edges, count, last + 1);
    size_t room = (size_t)(timeline->body.w / scene_px(timeline->scene, APART));
    uint32_t step = view->from < view->i ? view->from : view->i ? view->i - 1 : 0;
    if (of_this_step) {
        size_t start = edge_from(edges, count, step + 1), end = edge_from(edges, count, view->i + 1);
        from = start > from ? start : from;
        until = end < until ? end : until;
    }
    if (until <= from || until - from > room)
        return;
    for (size_t k = from; k < until; k++) {
        bool is_of_step = edges[k].to > step && edges[k].to <= view->i;
        if (is_of_step != of_this_step)
            continue;
        int alpha = of_this_step ? 255 : edges[k].to > view->i ? QUIET_FUTURE : QUIET;
        arrow(timeline, &edges[k], alpha, scene_px(timeline->scene, of_this_step ? 2.6 : 1.6));
    }
}
