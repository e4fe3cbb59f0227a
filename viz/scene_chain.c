/*
 * scene_chain.c — the await chain of whoever runs or waits, outermost first.
 *
 * When a task is suspended its `ran` event has the whole chain. While it runs, the chain is that one, changed
 * by every line since: a line of a function that is in the chain cuts what is further in (it has returned), a
 * line of another function is a frame further in (it was called).
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

static size_t apply(const Event *event, Frame *frames, size_t count, size_t max)
{
    if (!event->text || (event->kind != EV_LINE && event->kind != EV_ENTER && event->kind != EV_LEAVE))
        return count;
    size_t at = event->kind == EV_ENTER ? count : frame_of(frames, count, event->text);
    if (event->kind == EV_LEAVE)
        return at;
    if (at == max)
        return count;
    frames[at] = (Frame){.function = event->text, .source = event->source, .line = event->line};
    return at + 1;
}

/* The event behind which this run of it began: before that, the chain stood still. */
static uint32_t run_began(const Scene *scene, Id id)
{
    const TaskState *task = state_task(scene->state, id);
    uint32_t i = scene->state->i, since = id != ID_MAIN && task ? task->since : 0;
    return i - since > FURTHEST ? i - FURTHEST : since;
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
    bool runs = scene->state->running == id || (!task && id == ID_MAIN);
    for (uint32_t i = run_began(scene, id) + 1; runs && i <= scene->state->i; i++) {
        EventKind kind = history_kind(scene->history, i);
        if (kind != EV_LINE && kind != EV_ENTER && kind != EV_LEAVE)
            continue;
        Event event = history_event(scene->history, i);
        if (is_of(&event, id))
            count = apply(&event, frames, count, max);
    }
    if (count == 0 && task && task->function)
        frames[count++] = (Frame){.function = task->function, .source = task->source, .line = task->line};
    return count;
}
