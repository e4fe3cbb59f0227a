/*
 * Where a reader stops.
 *
 * One pass over the events with a little memory of the step that runs. The rules, one motion a stop:
 *
 *     an iteration opens    where select sleeps, if it does, and where the batch is fixed
 *     a task's step         just before `ran` (it runs, its line is lit) and at `ran` (its card moves on); in
 *                           between at whatever else moves: a task is queued, a future wakes its waiters,
 *                           a coroutine is awaited, something is cancelled. Output alone is seen at the first
 *                           of these; when there is more to see it is a stop of its own
 *     a callback            at its `ran`, with all that it did
 *     asyncio's own tasks   at their `ran`, as a callback: not a line of the program runs in them
 *     connections           an iteration that only sets some up, before the program hears of them: at its end
 *     run's shutdown        one stop for each of its helper tasks
 *     no loop               output, every switch, enter and leave
 *     always                blocked, stuck, exception, mark, note, end
 *     a lesson's notes      before the second of two that would share a stop; one at a line before another is
 *                           lit, and behind an output of an earlier line
 *
 * Some stops are only known one event later: `held` is such a stop, and `joins` says what it would still take
 * in.
 */
#include "beat_parts.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------- stops ---- */

static void add(Beats *beats, uint32_t **list, size_t *count, size_t *capacity, uint32_t i)
{
    if (*count == *capacity) {
        size_t more = *capacity ? 2 * *capacity : 256;
        uint32_t *longer = realloc(*list, more * sizeof *longer);
        if (!longer) {
            beats->failed = true;
            return;
        }
        *list = longer;
        *capacity = more;
    }
    (*list)[(*count)++] = i;
}

void beat_stop(Beats *beats, uint32_t i)
{
    if (i == 0 || (beats->count > 0 && beats->stops[beats->count - 1] >= i))
        return;
    add(beats, &beats->stops, &beats->count, &beats->capacity, i);
    if (beats->noted && beats->noted <= i)
        add(beats, &beats->notes, &beats->note_count, &beats->note_capacity, i);
    if (beats->noted <= i)
        beats->noted = 0;
    beats->moved = false;
    beats->line_at_stop = beats->line;
}

/** Two notes in one beat: the first has its stop before the event of the second. What the program marks
 * itself is a note of a kind, and always a stop. */
static void part_notes(Beats *beats, const History *history, EventKind kind, uint32_t i)
{
    bool marked = kind == EV_MARK || kind == EV_NOTE;
    if (!marked && (!beats->about || !about_has_note(beats->about, history, i)))
        return;
    if (beats->noted) {
        beats->split = true;
        beat_stop(beats, i - 1);
    }
    beats->noted = i;
}

/** Will event i light another line than the one that the note waiting for its stop is at? A switch does, too,
 * but is what the note of a coroutine driven by hand speaks of. */
static bool leaves_noted_line(const Beats *beats, const History *history, EventKind kind, uint32_t i)
{
    if ((kind != EV_LINE && kind != EV_LEAVE) || !beats->noted ||
        history_kind(history, beats->noted) != EV_LINE)
        return false;
    Event noted = history_event(history, beats->noted), next = history_event(history, i);
    return next.line != 0 && next.by != WORD_THREAD &&
           (next.line != noted.line || next.source != noted.source);
}

void beat_stop_apart(Beats *beats, uint32_t i)
{
    if (beats->output)
        beat_stop(beats, beats->output);
    beats->split = true;
    beat_stop(beats, i);
}

/** Would the reader see anything new? */
static bool is_changed(const Beats *beats, const History *history)
{
    if (beats->moved || beats->line == beats->line_at_stop)
        return beats->moved;
    if (beats->line_at_stop == 0)
        return true;
    Event now = history_event(history, beats->line), then = history_event(history, beats->line_at_stop);
    return now.line != then.line || now.source != then.source;
}

void beat_stop_before(Beats *beats, const History *history, uint32_t i)
{
    if (is_changed(beats, history))
        beat_stop(beats, i - 1);
}

static bool is_quiet(const Beats *beats)
{
    return (beats->helper || beats->connecting) && beats->scope != SCOPE_TASK;
}

/* ------------------------------------------------------------------------------------------- rules ---- */

/** A `run` without its `ran` was the last thing: a cancelled handle, which the loop skipped. */
static void leave_skipped(Beats *beats, uint32_t i)
{
    if (beats->scope == SCOPE_TASK || beats->scope == SCOPE_CALLBACK)
        beat_stop(beats, i - 1);
    beats->scope = SCOPE_NONE;
}

static void take_run(Beats *beats, const History *history, const Event *event)
{
    const Lane *lane = event->task ? history_lane_of(history, event->task) : NULL;
    leave_skipped(beats, event->i);
    beats->run = event->i;
    beats->scope = beats->connecting                                            ? SCOPE_QUIET
                   : event->task && !(lane && (lane->helper || lane->internal)) ? SCOPE_TASK
                   : beats->helper                                              ? SCOPE_QUIET
                                                                                : SCOPE_CALLBACK;
    beats->task = event->task;
    beats->stopping = beats->split = beats->requeued = false;
    beats->output = 0;
    beats->moved = true;
}

static void take_ran(Beats *beats, const History *history, const Event *event)
{
    Scope scope = beats->scope;
    if (scope == SCOPE_TASK && !beats->requeued)
        beat_stop_before(beats, history, event->i);
    beats->scope = SCOPE_NONE;
    if (scope == SCOPE_CALLBACK && beats->stopping)
        beat_hold(beats, event->i, JOINS_RETURN);
    else if (scope != SCOPE_QUIET)
        beat_stop(beats, event->i);
}

static void take_ready(Beats *beats, const History *history, const Event *event)
{
    if (beats->scope == SCOPE_TASK && event->task == beats->task) {
        beat_stop_before(beats, history, event->i);
        beats->requeued = true;
    }
    beats->moved = true;
    if (!beats->selecting && !is_quiet(beats) && beats->scope != SCOPE_CALLBACK && !beats->requeued)
        beat_stop_apart(beats, event->i);
}

static void take_output(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    bool inside = beats->scope == SCOPE_TASK || beats->scope == SCOPE_CALLBACK;
    beats->moved = true;
    if (inside && !beats->split && (!beats->output || beats->output + 1 == event->i))
        beats->output = event->i;
    else if (event->n == 2)
        beat_hold(beats, event->i, JOINS_ERRORS);
    else if (beat_ends_line(event))
        beat_stop_apart(beats, event->i);
    else
        beat_hold(beats, event->i, JOINS_LINE);
}

static void take_loop(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    if (event->word == WORD_STOP)
        beats->stopping = true;
    else
        beats->selecting = false;
    if (event->word == WORD_RETURN && beats->helper) {
        beats->helper = false;
        beat_stop(beats, event->i);
    }
}

static void take_task(Beats *beats, const History *history, const Event *event)
{
    const Lane *lane = history_lane_of(history, event->task);
    if (lane && lane->helper && beats->scope == SCOPE_NONE) {
        beat_stop_before(beats, history, event->i);
        beats->helper = true;
    }
    beats->moved = true;
}

static void take_cancel(Beats *beats, const History *history, const Event *event)
{
    if (beats->scope == SCOPE_CALLBACK || is_quiet(beats)) {
        beats->moved = true;
        return;
    }
    beat_stop_before(beats, history, event->i);
    beats->split = true;
    beats->moved = true;
    beat_hold(beats, event->i, JOINS_CANCELS);
}

static void take_done(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    if (beats->scope != SCOPE_CALLBACK && !is_quiet(beats))
        beat_hold(beats, event->i, JOINS_WAKES);
    else
        beats->moved = true;
}

static void take_coroutine(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    if (event->word == WORD_NEVER_AWAITED)
        beat_hold(beats, event->i, JOINS_WARNING);
    else if (!is_quiet(beats))
        beat_hold(beats, event->i, JOINS_OBJECTS);
}

static void take_opening(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    leave_skipped(beats, event->i);
    beat_end_connecting(beats, event->i);
    beats->moved = true;
    beats->selecting = event->kind != EV_BATCH;
    bool sleeps = event->kind == EV_SELECT && event->n != 0;
    if ((sleeps || event->kind == EV_BATCH) && !is_quiet(beats))
        beat_stop(beats, event->i);
    if (event->kind == EV_BATCH)
        beat_begin_connecting(beats);
}

/** A call or a return: seen where no loop runs, and a call in a task's step, too. */
static void take_call(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    beats->moved = true;
    if (beats->scope == SCOPE_NONE || (beats->scope == SCOPE_TASK && event->kind == EV_ENTER))
        beat_stop_apart(beats, event->i);
}

static void take_line(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    beats->line = event->i;
}

static void take_stuck(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    beat_hold(beats, event->i, JOINS_END);
}

/** What is a stop wherever it happens. */
static void take_always(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    beat_stop_apart(beats, event->i);
}

/** What is seen to move, but is no stop of its own. */
static void take_along(Beats *beats, const History *history, const Event *event)
{
    (void)history;
    (void)event;
    beats->moved = true;
}

typedef void (*Take)(Beats *beats, const History *history, const Event *event);

/** Not in it: sources, futures, callbacks, of which a class sees nothing move. */
static const Take takes[EV_KINDS] = {
    [EV_LINE] = take_line,           [EV_RUN] = take_run,           [EV_RAN] = take_ran,
    [EV_READY] = take_ready,         [EV_ITERATION] = take_opening, [EV_SELECT] = take_opening,
    [EV_SELECTED] = take_opening,    [EV_BATCH] = take_opening,     [EV_LOOP] = take_loop,
    [EV_TASK] = take_task,           [EV_DONE] = take_done,         [EV_CANCEL] = take_cancel,
    [EV_COROUTINE] = take_coroutine, [EV_OUTPUT] = take_output,     [EV_STUCK] = take_stuck,
    [EV_ENTER] = take_call,          [EV_LEAVE] = take_call,        [EV_SWITCH] = take_always,
    [EV_BLOCKED] = take_always,      [EV_EXCEPTION] = take_always,  [EV_MARK] = take_always,
    [EV_NOTE] = take_always,         [EV_END] = take_always,        [EV_TIMER] = take_along,
    [EV_TASK_NAME] = take_along,
};

/** Nobody has read the note yet, and its line is about to be left. */
static void stay_at_noted_line(Beats *beats, const History *history, uint32_t i)
{
    Event next = history_event(history, i);
    if (beats->held)
        beat_release(beats, &next);
    if (!beats->noted) /* the held stop has it */
        return;
    if (beats->output < beats->noted)
        beat_stop(beats, beats->output);
    beats->split = true;
    beat_stop(beats, i - 1);
}

static void take(Beats *beats, const History *history, uint32_t i)
{
    EventKind kind = history_kind(history, i);
    if (leaves_noted_line(beats, history, kind, i))
        stay_at_noted_line(beats, history, i);
    part_notes(beats, history, kind, i);
    if (kind == EV_LINE && beats->connecting)
        beat_leave_connecting(beats);
    if (kind == EV_LINE && !beats->held) { /* most events of a trace are lines: none is decoded for nothing */
        beats->line = i;
        return;
    }
    Event event = history_event(history, i);
    if (kind == EV_READY)
        beat_queue_connecting(beats, history, &event);
    if (beats->held && beat_held_take(beats, history, &event))
        return;
    if (takes[kind])
        takes[kind](beats, history, &event);
}

/* ------------------------------------------------------------------------------------------ public ---- */

Beats *beats_new(void)
{
    return calloc(1, sizeof(Beats));
}

void beats_free(Beats *beats)
{
    if (beats) {
        free(beats->stops);
        free(beats->notes);
    }
    free(beats);
}

void beats_heed(Beats *beats, const About *about)
{
    beats->about = about;
}

bool beats_update(Beats *beats, const History *history)
{
    uint32_t count = history_count(history);
    while (beats->seen < count && !beats->failed)
        take(beats, history, ++beats->seen);
    if (history_is_cut(history) && count > 0) {
        if (beats->held)
            beat_release(beats, NULL);
        beat_stop(beats, count);
    }
    return !beats->failed;
}

size_t beats_count(const Beats *beats)
{
    return beats->count;
}

uint32_t beats_stop(const Beats *beats, size_t k)
{
    return k < beats->count ? beats->stops[k] : 0;
}

/** How many of the stops in a list lie before event i. */
static size_t count_before(const uint32_t *stops, size_t count, uint32_t i)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stops[middle] < i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t stops_before(const Beats *beats, uint32_t i)
{
    return count_before(beats->stops, beats->count, i);
}

uint32_t beats_after(const Beats *beats, const History *history, uint32_t i)
{
    size_t k = i < UINT32_MAX ? stops_before(beats, i + 1) : beats->count;
    return k < beats->count ? beats->stops[k] : history_count(history);
}

uint32_t beats_before(const Beats *beats, uint32_t i)
{
    size_t k = stops_before(beats, i);
    return k > 0 ? beats->stops[k - 1] : 0;
}

size_t beats_at(const Beats *beats, uint32_t i)
{
    return stops_before(beats, i);
}

uint32_t beats_note_after(const Beats *beats, uint32_t i)
{
    size_t k = count_before(beats->notes, beats->note_count, i + 1);
    return k < beats->note_count ? beats->notes[k] : 0;
}

uint32_t beats_note_before(const Beats *beats, uint32_t i)
{
    size_t k = count_before(beats->notes, beats->note_count, i);
    return k > 0 ? beats->notes[k - 1] : 0;
}
