/*
 * view_timeline.c — which columns of the timeline are seen: all, or those between `left` and `right`.
 */
#include "timeline.h"
#include "view_parts.h"

static const double zoom_step = 1.25;
static const double least_cells = 4;    /* cells that stay visible at the closest zoom */
static const double least_time = 1000;  /* ns */
static const double focus_cells = 24;   /* what F shows around the current event */
static const double focus_part = 0.125; /* by clock: the part of all time */
static const double pan_part = 0.15;    /* what A and D move by */

static bool sees_all(const View *view)
{
    return view->left >= view->right;
}

/** The visible columns as numbers, also when they are all. */
static void visible(const View *view, const History *history, double *left, double *right)
{
    *left = view->left;
    *right = view->right;
    if (sees_all(view))
        timeline_whole(history, view->axis, left, right);
}

/** Shows these columns, kept inside the whole and not closer than makes sense. @return true when that is new
 */
static bool show(View *view, const History *history, double left, double right)
{
    double first, last;
    timeline_whole(history, view->axis, &first, &last);
    double least = view->axis == AXIS_STEP ? least_cells : least_time;
    double width = right - left;
    if (width < least) {
        left -= (least - width) / 2;
        width = least;
    }
    if (left + width > last)
        left = last - width;
    if (left < first)
        left = first;
    right = left + width;
    if (width >= last - first)
        left = right = 0;
    if (left == view->left && right == view->right)
        return false;
    view->left = left;
    view->right = right;
    return true;
}

static bool zoom(View *view, const History *history, double factor, int64_t at)
{
    double left, right;
    visible(view, history, &left, &right);
    double fixed = at < 0 ? timeline_column(history, view->axis, view->i) : (double)at;
    if (fixed < left || fixed > right)
        fixed = (left + right) / 2;
    return show(view, history, fixed - (fixed - left) * factor, fixed + (right - fixed) * factor);
}

static bool pan(View *view, const History *history, double part)
{
    if (sees_all(view))
        return false;
    double by = (view->right - view->left) * part;
    return show(view, history, view->left + by, view->right + by);
}

static bool focus(View *view, const History *history)
{
    double first, last, left = view->left, right = view->right;
    timeline_whole(history, view->axis, &first, &last);
    double width = view->axis == AXIS_STEP ? focus_cells : (last - first) * focus_part;
    double middle = timeline_column(history, view->axis, view->i);
    if (show(view, history, middle - width / 2, middle + width / 2))
        return true;
    view->left = view->right = 0;
    return left != 0 || right != 0;
}

/** Moves the visible columns so that event i is in their middle. */
static bool centre(View *view, const History *history, uint32_t i)
{
    if (sees_all(view))
        return false;
    double at = timeline_column(history, view->axis, i), half = (view->right - view->left) / 2;
    return show(view, history, at - half, at + half);
}

static bool change_axis(View *view)
{
    view->axis = view->axis == AXIS_STEP ? AXIS_CLOCK : AXIS_STEP;
    view->left = view->right = 0;
    return true;
}

bool view_do_timeline(View *view, const History *history, Action action, int64_t argument)
{
    double left, right;
    switch (action) {
    case DO_ZOOM_IN:
        return zoom(view, history, 1 / zoom_step, argument);
    case DO_ZOOM_OUT:
        return zoom(view, history, zoom_step, argument);
    case DO_PAN:
        return pan(view, history, (double)argument / 65536);
    case DO_PAN_LEFT:
        return pan(view, history, -pan_part);
    case DO_PAN_RIGHT:
        return pan(view, history, pan_part);
    case DO_FIT:
        left = view->left;
        right = view->right;
        view->left = view->right = 0;
        return left < right;
    case DO_FOCUS:
        return focus(view, history);
    case DO_ZOOM_RANGE:
        visible(view, history, &left, &right);
        double unit = (right - left) / 65536;
        return show(view, history, left + unit * (double)(argument >> 32),
                    left + unit * (double)(argument & UINT32_MAX));
    case DO_MINIMAP:
        return centre(view, history, argument < 0 ? 0 : (uint32_t)argument);
    default:
        return change_axis(view);
    }
}

void view_follow(View *view, const History *history)
{
    if (sees_all(view))
        return;
    double at = timeline_column(history, view->axis, view->i);
    double width = view->right - view->left, edge = width / 10;
    if (at < view->left + edge)
        show(view, history, at - edge, at - edge + width);
    else if (at > view->right - edge)
        show(view, history, at + edge - width, at + edge);
}
