/*
 * keyframe.c — the state after any event: the nearest state kept before it, and the events since.
 *
 * A keyframe is a plain copy of the live state, at least 1 024 events from the one before. Where very many
 * tasks live at once they stand further apart, so that all of them together stay within a few bytes an event.
 */
#include "arena.h"
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#define KEYFRAME_EVENTS 1024u
#define KEYFRAME_BYTES  8u /* an event, for all keyframes */

static bool copy_items(void **to, size_t *room, const void *from, size_t count, size_t size)
{
    if (count == 0)
        return true;
    void *items = *to;
    if (count > *room) {
        items = realloc(*to, count * size);
        if (items == NULL)
            return false;
        *to = items;
        *room = count;
    }
    memcpy(items, from, count * size);
    return true;
}

/* Copies a state into one that keeps its own arrays. They are as large as needed, no larger. */
static bool copy_state(State *to, const State *from)
{
    void *tasks = to->tasks, *ready = to->ready_start, *timers = to->timer_start;
    size_t task_room = to->task_room, ready_room = to->ready_room, timer_room = to->timer_room;
    bool copied = copy_items(&tasks, &task_room, from->tasks, from->task_count, sizeof *from->tasks) &&
                  copy_items(&ready, &ready_room, from->ready, from->ready_count, sizeof *from->ready) &&
                  copy_items(&timers, &timer_room, from->timers, from->timer_count, sizeof *from->timers);
    if (copied)
        *to = *from;
    else
        to->history = NULL;
    to->tasks = tasks;
    to->ready = to->ready_start = ready;
    to->timers = to->timer_start = timers;
    to->task_room = task_room;
    to->ready_room = ready_room;
    to->timer_room = timer_room;
    if (!copied)
        to->task_count = to->ready_count = to->timer_count = 0;
    return copied;
}

static size_t state_bytes(const State *state)
{
    return sizeof *state + state->task_count * sizeof *state->tasks +
           state->ready_count * sizeof *state->ready + state->timer_count * sizeof *state->timers;
}

/* The last keyframe at or before event i, or NULL. */
static const State *key_at(const History *history, uint32_t i)
{
    size_t low = 0, high = history->key_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (history->keys[middle].i <= i)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &history->keys[low - 1] : NULL;
}

/* Begins again at a keyframe, or before everything. The arrays stay for reuse. */
static bool start_at(State *state, const History *history, const State *key)
{
    static const State before;
    if (!copy_state(state, key != NULL ? key : &before))
        return false;
    if (history->has_loop)
        state_forget_main(state);
    state->history = history;
    state->generation = history->generation;
    return true;
}

bool keyframe_take(History *history)
{
    State *live = &history->live;
    uint32_t last = history->key_count > 0 ? history->keys[history->key_count - 1].i : 0;
    if (live->gone > 64 && live->gone > live->task_count / 2)
        state_tidy(live);
    if (live->i - last < KEYFRAME_EVENTS || state_bytes(live) > (size_t)(live->i - last) * KEYFRAME_BYTES)
        return true;
    state_tidy(live);
    State *keys = array_grow(history->keys, &history->key_capacity, history->key_count + 1, sizeof *keys);
    if (keys == NULL)
        return false;
    history->keys = keys;
    State *key = &keys[history->key_count];
    memset(key, 0, sizeof *key);
    history->key_count++;
    if (!copy_state(key, live))
        return false;
    history->key_bytes += state_bytes(key) - sizeof *key;
    return true;
}

bool keyframe_insert(History *history, Id id, uint32_t created)
{
    for (size_t k = history->key_count; k-- > 0 && history->keys[k].i >= created;) {
        if (!state_add_task(&history->keys[k], history, id, created, STATUS_IDLE))
            return false;
        history->key_bytes += sizeof(TaskState);
    }
    return true;
}

/* Kinds that change nothing but which event is the last. */
static bool state_changes(EventKind kind)
{
    static const bool changes_nothing[EV_KINDS] = {
        [EV_SOURCE] = true, [EV_FUTURE] = true, [EV_CALLBACK_ADD] = true, [EV_CALLBACK_REMOVE] = true,
        [EV_CANCEL] = true, [EV_OUTPUT] = true, [EV_UNCANCEL] = true,     [EV_BLOCKED] = true,
        [EV_MARK] = true,   [EV_NOTE] = true,   [EV_EXCEPTION] = true,    [EV_OTHER] = true,
    };
    return !changes_nothing[kind];
}

bool state_at(State *state, const History *history, uint32_t i)
{
    if (i > history->pack.count)
        i = history->pack.count;
    const State *key = key_at(history, i);
    bool from_here = state->history == history && state->generation == history->generation && state->i <= i &&
                     (key == NULL || state->i >= key->i);
    if (!from_here && !start_at(state, history, key))
        return false;
    Event event;
    for (uint32_t next = state->i + 1; next <= i; next++) {
        if (next < i && !state_changes(pack_kind(&history->pack, next)) && next > 1)
            continue;
        pack_get(&history->pack, next, &event);
        if (!state_apply(state, history, &event, NULL)) {
            state->history = NULL;
            return false;
        }
    }
    state_tidy(state);
    state->outputs = (uint32_t)list_until(&history->outputs, i);
    state->ends = (uint32_t)list_until(&history->ends, i);
    return true;
}

void state_clear(State *state)
{
    free(state->tasks);
    free(state->ready_start);
    free(state->timer_start);
    *state = (State){0};
}

const TaskState *state_task(const State *state, Id id)
{
    for (size_t k = 0; k < state->task_count; k++)
        if (state->tasks[k].id == id)
            return &state->tasks[k];
    return NULL;
}

FutureState state_future(const State *state, const History *history, Id future)
{
    FutureState known = {.id = future, .of = ""};
    const FutureRecord *record =
        future != ID_NONE && id_kind(future) != 'k' ? future_record(history, future) : NULL;
    if (record == NULL || record->created == 0 || record->created > state->i)
        return known;
    Event created = pack_event(&history->pack, record->created);
    known.of = created.kind == EV_TASK ? "task" : created.text ? created.text : "";
    known.created = record->created;
    known.status = STATUS_WAITING;
    if (record->done != 0 && record->done <= state->i) {
        Event done = pack_event(&history->pack, record->done);
        known.done = record->done;
        known.value = done.text;
        known.status = done.word == WORD_FAILED      ? STATUS_FAILED
                       : done.word == WORD_CANCELLED ? STATUS_CANCELLED
                                                     : STATUS_DONE;
    }
    if (record->kids != 0)
        known.kids = pack_ids(&history->pack, record->kids, &known.kid_count);
    for (size_t k = 0; k < known.kid_count; k++) {
        const FutureRecord *kid = future_record(history, known.kids[k]);
        known.kids_done += kid != NULL && kid->done != 0 && kid->done <= state->i;
    }
    if (record->timer != 0 && record->timer <= state->i) {
        Event timer = pack_event(&history->pack, record->timer);
        const HandleRecord *handle = handle_record(history, timer.handle);
        known.when = timer.n;
        known.timer_from = timer.ts;
        known.has_timer = handle->timer == record->timer && (handle->over == 0 || handle->over > state->i);
    }
    return known;
}
