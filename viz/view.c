/*
 * view.c — every action as a pure change of the view: the same action on the same view gives the same view.
 *
 * Where the reader stands is one number, `i`. The narration's `from` follows from it, so a moment looks the
 * same whether it was reached forwards, backwards or by a click.
 */
#include "view.h"

#include "timeline.h"

static const double speeds[] = {0.25, 0.5, 1, 2, 4};
static const double scales[] = {VIEW_SCALE_LEAST, 0.85, 1, 1.15, 1.3, 1.5, 1.75, VIEW_SCALE_MOST};

enum { SPEEDS = sizeof speeds / sizeof *speeds, SCALES = sizeof scales / sizeof *scales };

static const double zoom_step = 1.25;
static const double least_cells = 4;    /* cells that stay visible at the closest zoom */
static const double least_time = 1000;  /* ns */
static const double focus_cells = 24;   /* what F shows around the current event */
static const double focus_part = 0.125; /* by clock: the part of all time */
static const double pan_part = 0.15;    /* what A and D move by */

/* ------------------------------------------------------------------------------------------------ time ----
 */

static uint32_t iteration_after(const History *history, uint32_t i)
{
    size_t next = (size_t)(history_iteration_at(history, i) + 1);
    return next < history_iterations(history) ? history_iteration(history, next)->from
                                              : history_count(history);
}

static uint32_t iteration_before(const History *history, uint32_t i)
{
    long at = history_iteration_at(history, i);
    if (at >= 0 && history_iteration(history, (size_t)at)->from >= i)
        at--;
    return at >= 0 ? history_iteration(history, (size_t)at)->from : 0;
}

static uint32_t step_after(Step step, const History *history, const Beats *beats, uint32_t i)
{
    uint32_t count = history_count(history);
    if (i >= count)
        return count;
    switch (step) {
    case STEP_BEAT:
        return beats_after(beats, history, i);
    case STEP_ITERATION:
        return iteration_after(history, i);
    default:
        return i + 1;
    }
}

static uint32_t step_before(Step step, const History *history, const Beats *beats, uint32_t i)
{
    if (i == 0)
        return 0;
    switch (step) {
    case STEP_BEAT:
        return beats_before(beats, i);
    case STEP_ITERATION:
        return iteration_before(history, i);
    default:
        return i - 1;
    }
}

uint32_t view_step_after(const View *view, const History *history, const Beats *beats, uint32_t i)
{
    return step_after(view->step, history, beats, i);
}

uint32_t view_step_before(const View *view, const History *history, const Beats *beats, uint32_t i)
{
    return step_before(view->step, history, beats, i);
}

/* -------------------------------------------------------------------------------------------- timeline ----
 */

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

/** Moves the visible columns so far that the playhead stands in them, with some of what is to come. */
static void follow(View *view, const History *history)
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

/* ---------------------------------------------------------------------------------------------- moving ----
 */

/** Stands after event i. What the reader scrolled to is left behind: the picture shows what happens. */
static bool go(View *view, const History *history, const Beats *beats, int64_t i)
{
    uint32_t count = history_count(history);
    uint32_t to = i < 0 ? 0 : i > count ? count : (uint32_t)i;
    if (to == view->i)
        return false;
    view->i = to;
    view->from = step_before(view->step, history, beats, to);
    for (int panel = PANEL_SOURCE; panel <= PANEL_LANES; panel++)
        view->scroll[panel] = 0;
    follow(view, history);
    return true;
}

static bool play(View *view, const History *history, const Beats *beats)
{
    view->playing = !view->playing;
    view->due = 0;
    if (view->playing && view->i >= history_count(history))
        go(view, history, beats, 0);
    return true;
}

static bool change_step(View *view, const History *history, const Beats *beats, int64_t step)
{
    Step old = view->step;
    view->step = step < 0 ? (Step)((old + 1) % STEPS) : step < STEPS ? (Step)step : old;
    view->from = step_before(view->step, history, beats, view->i);
    return view->step != old;
}

/** The next event that is about to run this line, of either listing, searched round from event i; 0: it never
 * runs. */
static uint32_t line_after(const History *history, uint32_t i, Id source, uint32_t line)
{
    uint32_t count = history_count(history);
    for (uint32_t looked = 0; looked < count; looked++) {
        i = i < count ? i + 1 : 1;
        if (history_kind(history, i) != EV_LINE)
            continue;
        Event event = history_event(history, i);
        if ((event.source == source ? event.line : event.c_line) == line)
            return i;
    }
    return 0;
}

static bool go_to_line(View *view, const History *history, const Beats *beats, int64_t argument)
{
    uint32_t i = line_after(history, view->i, (Id)(argument >> 32), (uint32_t)(argument & UINT32_MAX));
    return i > 0 && go(view, history, beats, i);
}

static bool do_time(View *view, const History *history, const Beats *beats, Action action, int64_t argument)
{
    uint32_t i = view->i;
    if (action == DO_PLAY)
        return play(view, history, beats);
    if (action == DO_STEP_SIZE)
        return change_step(view, history, beats, argument);
    bool stopped = view->playing; /* whoever takes a step by hand has taken over */
    view->playing = false;
    switch (action) {
    case DO_FORWARD:
        return go(view, history, beats, step_after(view->step, history, beats, i)) || stopped;
    case DO_BACK:
        return go(view, history, beats, step_before(view->step, history, beats, i)) || stopped;
    case DO_FORWARD_ITERATION:
        return go(view, history, beats, iteration_after(history, i)) || stopped;
    case DO_BACK_ITERATION:
        return go(view, history, beats, iteration_before(history, i)) || stopped;
    case DO_START:
        return go(view, history, beats, 0) || stopped;
    case DO_END:
        return go(view, history, beats, history_count(history)) || stopped;
    case DO_LINE:
        return go_to_line(view, history, beats, argument) || stopped;
    default: /* DO_GO and the strips */
        return go(view, history, beats, argument) || stopped;
    }
}

static bool do_timeline(View *view, const History *history, Action action, int64_t argument)
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

/* ------------------------------------------------------------------------------------------------ look ----
 */

/** The next value of a table above (way 1) or below (-1); its end where there is none. */
static double neighbour(const double *table, int count, double value, int way)
{
    int k = way > 0 ? 0 : count - 1;
    while (k >= 0 && k < count && (way > 0 ? table[k] <= value + 1e-9 : table[k] >= value - 1e-9))
        k += way;
    return table[k < 0 ? 0 : k >= count ? count - 1 : k];
}

static bool set(double *value, double to)
{
    bool is_new = *value != to;
    *value = to;
    return is_new;
}

static bool scroll(View *view, int64_t argument)
{
    int64_t panel = argument >> 32;
    int by = (int)(int32_t)(uint32_t)(argument & UINT32_MAX);
    if (panel <= PANEL_NONE || panel >= PANELS)
        return false;
    view->scroll[panel] += by;
    return by != 0;
}

static bool do_look(View *view, Action action, int64_t argument)
{
    switch (action) {
    case DO_FASTER:
        return set(&view->speed, neighbour(speeds, SPEEDS, view->speed, 1));
    case DO_SLOWER:
        return set(&view->speed, neighbour(speeds, SPEEDS, view->speed, -1));
    case DO_SPEED:
        return set(&view->speed,
                   view->speed >= speeds[SPEEDS - 1] ? speeds[0] : neighbour(speeds, SPEEDS, view->speed, 1));
    case DO_LEVEL:
        if (argument < LEVEL_TASKS || argument > LEVEL_LOOP || view->level == (Level)argument)
            return false;
        view->level = (Level)argument;
        return true;
    case DO_LANGUAGE:
        view->language = (Language)((view->language + 1) % LANGUAGES);
        return true;
    case DO_THEME:
        view->theme = (Theme)((view->theme + 1) % THEMES);
        return true;
    case DO_TAB:
        view->tab = argument < 0      ? (Tab)((view->tab + 1) % TABS)
                    : argument < TABS ? (Tab)argument
                                      : view->tab;
        view->scroll[PANEL_SOURCE] = 0;
        return true;
    case DO_BIGGER:
        return set(&view->scale, neighbour(scales, SCALES, view->scale, 1));
    case DO_SMALLER:
        return set(&view->scale, neighbour(scales, SCALES, view->scale, -1));
    case DO_NORMAL_SIZE:
        return set(&view->scale, 1);
    case DO_HELP:
        view->help = !view->help;
        view->playing = false;
        view->scroll[PANEL_HELP] = 0;
        return true;
    case DO_SELECT:
        view->selected = view->selected == (Id)argument ? ID_NONE : (Id)argument;
        return true;
    case DO_SCROLL:
        return scroll(view, argument);
    default: /* DO_BACK_OUT */
        if (!view->help && view->selected == ID_NONE)
            return false;
        if (view->help)
            view->help = false;
        else
            view->selected = ID_NONE;
        return true;
    }
}

/* ------------------------------------------------------------------------------------------------ list ----
 */

static bool mark(View *view, size_t list_count, int64_t entry, int64_t variant)
{
    if (list_count == 0)
        return false;
    size_t last = list_count - 1;
    size_t to = entry < 0 ? 0 : (uint64_t)entry > last ? last : (size_t)entry;
    bool is_new = to != view->list_mark || (size_t)variant != view->list_variant;
    view->list_mark = to;
    view->list_variant = (size_t)variant;
    view->scroll[PANEL_LIST] = 0;
    return is_new;
}

static bool do_list(View *view, size_t list_count, Action action, int64_t argument)
{
    switch (action) {
    case DO_LIST_UP:
        return mark(view, list_count, (int64_t)view->list_mark - 1, 0);
    case DO_LIST_DOWN:
        return mark(view, list_count, (int64_t)view->list_mark + 1, 0);
    case DO_LIST_PICK:
        return argument >= 0 && mark(view, list_count, argument & UINT32_MAX, argument >> 32);
    default: /* DO_LIST_VARIANT */
        if (argument <= 0)
            return false;
        view->list_variant = (view->list_variant + 1) % (size_t)(argument + 1);
        return true;
    }
}

void view_init(View *view)
{
    *view = (View){.step = STEP_BEAT, .speed = 1, .scale = 1, .width = 1280, .height = 720, .motion = true};
}

bool view_hides(const View *view, Action action)
{
    if (!view->help)
        return false;
    switch (action) {
    case DO_HELP:
    case DO_BACK_OUT:
    case DO_LANGUAGE:
    case DO_THEME:
    case DO_BIGGER:
    case DO_SMALLER:
    case DO_NORMAL_SIZE:
    case DO_FULL_SCREEN:
    case DO_SCROLL:
    case DO_QUIT:
        return false;
    default:
        return true;
    }
}

bool view_do(View *view, const History *history, const Beats *beats, size_t list_count, Action action,
             int64_t argument)
{
    if (view_hides(view, action))
        return false;
    switch (action) {
    case DO_FORWARD:
    case DO_BACK:
    case DO_FORWARD_ITERATION:
    case DO_BACK_ITERATION:
    case DO_START:
    case DO_END:
    case DO_GO:
    case DO_LINE:
    case DO_PLAY:
    case DO_SCRUB:
    case DO_RULER:
    case DO_LANES:
    case DO_STEP_SIZE:
        return history && do_time(view, history, beats, action, argument);
    case DO_MINIMAP:
    case DO_ZOOM_IN:
    case DO_ZOOM_OUT:
    case DO_PAN:
    case DO_PAN_LEFT:
    case DO_PAN_RIGHT:
    case DO_FIT:
    case DO_FOCUS:
    case DO_ZOOM_RANGE:
    case DO_AXIS:
        return history && do_timeline(view, history, action, argument);
    case DO_LIST_UP:
    case DO_LIST_DOWN:
    case DO_LIST_PICK:
    case DO_LIST_VARIANT:
        return !history && do_list(view, list_count, action, argument);
    case DO_NOTHING:
    case DO_FULL_SCREEN:
    case DO_OPEN:
    case DO_RESTART:
    case DO_QUIT:
    case ACTIONS:
        return false;
    default:
        return do_look(view, action, argument);
    }
}

bool view_tick(View *view, const History *history, const Beats *beats, double seconds)
{
    if (!view->playing || !history)
        return false;
    view->due -= seconds;
    if (view->due > 0)
        return false;
    uint32_t to = step_after(view->step, history, beats, view->i);
    bool moved = go(view, history, beats, to);
    view->due = 1 / view->speed;
    if (view->i >= history_count(history))
        view->playing = false;
    return moved || !view->playing;
}

double view_due(const View *view)
{
    return !view->playing ? -1 : view->due > 0 ? view->due : 0;
}
