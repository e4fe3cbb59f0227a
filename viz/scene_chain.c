/*
 * scene_chain.c — the await chain of whoever runs or waits, outermost first.
 *
 * When a task is suspended its `ran` event has the whole chain. While it runs, the chain is that one, changed
 * by every line since: a line of a function that is in the chain cuts what is further in (it has returned), a
 * line of another function is a frame further in (it was called).
 *
 * The main program of a loop is no lane; its chain is made of the lines it ran outside every run of the loop.
 */
#include "scene_parts.h"

#include <string.h>

#define FURTHEST 2048 /* events looked back at, at most */

static bool is_of(const Event *event, Id id)
{
    if (id == ID_MAIN)
        return event->task == ID_NONE && (event->coroutine == ID_NONE || event->coroutine == ID_MAIN);
    return event->task == id || event->coroutine == id;
}

/* The frame of `function` nearest to the inside, or `count` when it has none. */
static size_t frame_of(const Frame *frames, size_t count, const char *function)
{
    for (size_t k = count; k-- > 0;)
        if (strcmp(frames[k].function, function) == 0)
            return k;
    return count;
}

static bool has_frame(EventKind kind)
{
    return kind == EV_LINE || kind == EV_ENTER || kind == EV_LEAVE;
}

static size_t apply(const Event *event, Frame *frames, size_t count, size_t max)
{
    if (!event->text || !has_frame(event->kind))
        return count;
    size_t at = event->kind == EV_ENTER ? count : frame_of(frames, count, event->text);
    if (event->kind == EV_LEAVE)
        return at;
    if (at == max)
        return count;
    /* what is entered has not run a line of its own: the event's is its caller's */
    uint32_t line = event->kind == EV_ENTER ? 0 : event->line;
    frames[at] = (Frame){.function = event->text, .source = event->source, .line = line};
    return at + 1;
}

/* The events of which the chain is made: behind `from`, up to and with `until`. */
typedef struct Range {
    uint32_t from, until;
} Range;

/* Where the loop's run that event i lies in began. */
static uint32_t loop_began(const History *history, uint32_t i)
{
    long k = history_iteration_at(history, i);
    if (k < 0)
        return i;
    while (k > 0 && history_kind(history, history_iteration(history, (size_t)k)->from - 1) != EV_LOOP)
        k--;
    return history_iteration(history, (size_t)k)->from;
}

/* Of the main program: up to its newest line, however long the loop has run since. */
static Range range_of_main(const Scene *scene)
{
    uint32_t i = scene->state->i;
    for (uint32_t looked = 0; i > 0 && looked < FURTHEST; looked++) {
        EventKind kind = history_kind(scene->history, i);
        if (kind == EV_RAN || kind == EV_RUN || kind == EV_BATCH)
            i = loop_began(scene->history, i);
        else if (has_frame(kind))
            break;
        i--;
    }
    return (Range){i > FURTHEST ? i - FURTHEST : 0, i};
}

/* Of a lane: since this run of it began; before that, the chain stood still. */
static Range range_of(const Scene *scene, Id id)
{
    const TaskState *task = state_task(scene->state, id);
    uint32_t i = scene->state->i, since = id != ID_MAIN && task ? task->since : 0;
    if (id == ID_MAIN && !task)
        return range_of_main(scene);
    return (Range){i - since > FURTHEST ? i - FURTHEST : since, i};
}

Id scene_runner(const Scene *scene)
{
    const State *state = scene->state;
    if (state->running != ID_NONE || state->phase != PHASE_NONE || state->ended || state->i == 0)
        return state->running;
    return ID_MAIN;
}

size_t scene_chain(const Scene *scene, Id id, Frame *frames, size_t max)
{
    const TaskState *task = state_task(scene->state, id);
    size_t count = 0;
    if (task && task->ran) {
        Event ran = history_event(scene->history, task->ran);
        for (; count < ran.chain_count && count < max; count++)
            frames[count] = ran.chain[count];
    }
    bool program = id == ID_MAIN && !task; /* it stands where it is while the loop runs, too */
    bool runs = scene_runner(scene) == id || program, called = false;
    Range range = runs ? range_of(scene, id) : (Range){0};
    for (uint32_t i = range.from + 1; i <= range.until; i++) {
        EventKind kind = history_kind(scene->history, i);
        if (kind == EV_RUN || kind == EV_RAN) /* a plain callback: it is no task's either */
            called = kind == EV_RUN && history_event(scene->history, i).word != WORD_SKIPPED;
        if (!has_frame(kind) || (called && id == ID_MAIN))
            continue;
        Event event = history_event(scene->history, i);
        if (is_of(&event, id))
            count = apply(&event, frames, count, max);
    }
    if (runs && count > 1 && task && state_future(scene->state, scene->history, id).status >= STATUS_DONE)
        count = 1; /* its body has come to its end: all that it called has returned */
    if (count == 0 && task && !task->function &&
        task->coroutine) /* the library's: none of its lines is here */
        frames[count++] = (Frame){.function = task->coroutine};
    if (count == 0 && task && task->function)
        frames[count++] = (Frame){.function = task->function, .source = task->source, .line = task->line};
    return count;
}
