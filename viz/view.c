/*
 * view.c — every action as a pure change of the view: the same action on the same view gives the same view.
 *
 * Here is what changes how it looks, and the list; where in time it stands is view_time.c's, how much of the
 * timeline it sees view_timeline.c's.
 */
#include "view_parts.h"

static const double speeds[] = {0.25, 0.5, 1, 2, 4};
static const double scales[] = {VIEW_SCALE_LEAST, 0.85, 1, 1.15, 1.3, 1.5, 1.75, VIEW_SCALE_MOST};

enum { SPEEDS = sizeof speeds / sizeof *speeds, SCALES = sizeof scales / sizeof *scales };

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

/* Round, and past the last there is none. */
static bool mark_knob(View *view, int64_t argument)
{
    size_t places = (size_t)(argument < 0 ? -argument : argument) + 1, before = view->knob;
    view->knob = (view->knob + (argument < 0 ? places - 1 : 1)) % places;
    return view->knob != before;
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
    case DO_KNOB:
        return mark_knob(view, argument);
    case DO_SCROLL:
        return scroll(view, argument);
    default: /* DO_BACK_OUT */
        if (!view->help && !view->mishap && !view->knob && view->selected == ID_NONE)
            return false;
        if (view->help)
            view->help = false;
        else if (view->mishap)
            view->mishap = false;
        else if (view->knob)
            view->knob = 0;
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
    if (!view->help && !view->mishap)
        return false;
    switch (action) {
    case DO_RESTART:
        return view->help;
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
    case DO_FORWARD_NOTE:
    case DO_BACK_NOTE:
    case DO_START:
    case DO_END:
    case DO_GO:
    case DO_LINE:
    case DO_PLAY:
    case DO_SCRUB:
    case DO_RULER:
    case DO_LANES:
    case DO_STEP_SIZE:
        return history && view_do_time(view, history, beats, action, argument);
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
        return history && view_do_timeline(view, history, action, argument);
    case DO_LIST_UP:
    case DO_LIST_DOWN:
    case DO_LIST_PICK:
    case DO_LIST_VARIANT:
        return !history && do_list(view, list_count, action, argument);
    case DO_NOTHING:
    case DO_FULL_SCREEN:
    case DO_OPEN:
    case DO_RESTART:
    case DO_TURN:
    case DO_QUIT:
    case ACTIONS:
        return false;
    default:
        return do_look(view, action, argument);
    }
}
