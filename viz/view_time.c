/*
 * view_time.c — where the reader stands, and every way from there to somewhere else.
 *
 * That is one number, `i`. The narration's `from` follows from it, so a moment looks the same whether it was
 * reached forwards, backwards or by a click.
 */
#include "view_parts.h"

/* ----------------------------------------------------------------------------------------------- steps ----
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
    view_follow(view, history);
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

/** From note to note; where there is no other, the reader stays. */
static bool go_to_note(View *view, const History *history, const Beats *beats, bool forward)
{
    uint32_t i = forward ? beats_note_after(beats, view->i) : beats_note_before(beats, view->i);
    if (i == 0 || !go(view, history, beats, i))
        return false;
    if (view->step != STEP_BEAT) /* a note is told with the whole of its beat */
        view->from = beats_before(beats, i);
    return true;
}

bool view_do_time(View *view, const History *history, const Beats *beats, Action action, int64_t argument)
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
    case DO_FORWARD_NOTE:
    case DO_BACK_NOTE:
        return go_to_note(view, history, beats, action == DO_FORWARD_NOTE) || stopped;
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

uint32_t view_step_after(const View *view, const History *history, const Beats *beats, uint32_t i)
{
    return step_after(view->step, history, beats, i);
}

uint32_t view_step_before(const View *view, const History *history, const Beats *beats, uint32_t i)
{
    return step_before(view->step, history, beats, i);
}
