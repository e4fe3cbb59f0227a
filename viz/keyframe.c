/*
 * keyframe.c — the state after any event: the nearest state kept before it, and the events since.
 *
 *     keyframe ─────────────────► keyframe ───── behind ── behind ─ behind ─► i
 *     of the history, for everybody              of one State, for its way back
 *
 * A keyframe is a plain copy of a state, at least 1 024 events from the one before. Where very many tasks
 * live at once they stand further apart, so that all of them together stay within a few bytes an event. Most
 * are made while the trace comes in; where a lane that became known late has made them void, the next look
 * that passes by makes new ones.
 *
 * Who goes back one event would begin again at the keyframe each time. So the way there leaves a few states
 * behind, each half as far away as the one before: the next steps back begin at those.
 */
#include "arena.h"
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#define KEYFRAME_EVENTS 1024u
#define KEYFRAME_BYTES  8u /* an event, for all keyframes */

#define BEHIND       10u   /* states a State leaves behind */
#define BEHIND_LEAST 64u   /* events from one to the next … */
#define BEHIND_BYTES 4096u /* … and one more for so many bytes to be copied: else it is not worth it */

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

static int by_creation(const void *a, const void *b)
{
    const TaskState *one = a, *other = b;
    if (one->created != other->created)
        return one->created < other->created ? -1 : 1;
    return one->id < other->id ? -1 : one->id > other->id;
}

/* In the live state some may stand where they became known. */
static void put_tasks_in_order(State *state)
{
    for (size_t k = 1; k < state->task_count; k++) {
        if (by_creation(&state->tasks[k - 1], &state->tasks[k]) > 0) {
            qsort(state->tasks, state->task_count, sizeof *state->tasks, by_creation);
            return;
        }
    }
}

static bool copy_state(State *to, const State *from);

/* What is of the other loops. Seats that are not needed keep their arrays. */
static bool copy_others(State *to, const State *from)
{
    if (from->other_count > to->other_room) {
        size_t count = from->other_count;
        State *others = realloc(to->others, count * sizeof *others);
        if (others == NULL)
            return false;
        memset(others + to->other_room, 0, (count - to->other_room) * sizeof *others);
        to->others = others;
        to->other_room = count;
    }
    for (size_t k = 0; k < from->other_count; k++)
        if (!copy_state(&to->others[k], &from->others[k]))
            return false;
    return true;
}

/* Copies a state into one that keeps its own arrays, and what it left behind. They are as large as needed, no
   larger. */
static bool copy_state(State *to, const State *from)
{
    bool others = copy_others(to, from);
    State old = *to;
    void *tasks = to->tasks, *ready = to->ready_start, *timers = to->timer_start;
    bool copied = others &&
                  copy_items(&tasks, &old.task_room, from->tasks, from->task_count, sizeof *from->tasks) &&
                  copy_items(&ready, &old.ready_room, from->ready, from->ready_count, sizeof *from->ready) &&
                  copy_items(&timers, &old.timer_room, from->timers, from->timer_count, sizeof *from->timers);
    if (copied)
        *to = *from;
    else
        to->history = NULL;
    to->tasks = tasks;
    to->ready = to->ready_start = ready;
    to->timers = to->timer_start = timers;
    to->task_room = old.task_room;
    to->ready_room = old.ready_room;
    to->timer_room = old.timer_room;
    to->others = old.others;
    to->other_room = old.other_room;
    to->behind = old.behind;
    to->behind_count = old.behind_count;
    if (!copied)
        to->task_count = to->ready_count = to->timer_count = to->timers_alone = to->other_count = 0;
    return copied;
}

static size_t state_bytes(const State *state)
{
    size_t bytes = sizeof *state + state->task_count * sizeof *state->tasks +
                   state->ready_count * sizeof *state->ready + state->timer_count * sizeof *state->timers;
    for (size_t k = 0; k < state->other_count; k++)
        bytes += state_bytes(&state->others[k]);
    return bytes;
}

/* How many keyframes stand at or before event i. */
static size_t keys_until(const Keyframes *keys, uint32_t i)
{
    size_t low = 0, high = keys->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (keys->at[middle]->i <= i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Keeps a copy as keyframe `k`. */
static bool keep(Keyframes *keys, size_t k, const State *state)
{
    State **at = array_grow(keys->at, &keys->capacity, keys->count + 1, sizeof(State *));
    if (at == NULL)
        return false;
    keys->at = at;
    State *key = calloc(1, sizeof *key);
    if (key == NULL || !copy_state(key, state)) {
        if (key != NULL)
            state_clear(key);
        free(key);
        return false;
    }
    put_tasks_in_order(key);
    memmove(at + k + 1, at + k, (keys->count - k) * sizeof *at);
    at[k] = key;
    keys->count++;
    keys->bytes += state_bytes(key);
    return true;
}

static void tidy_when_worth_it(State *state)
{
    if (state->gone > 64 && state->gone > state->task_count / 2)
        state_tidy(state);
}

static bool is_far_enough(const State *state, uint32_t last)
{
    return state->i - last >= KEYFRAME_EVENTS &&
           state_bytes(state) <= (size_t)(state->i - last) * KEYFRAME_BYTES;
}

bool keyframe_take(History *history)
{
    State *live = &history->live;
    tidy_when_worth_it(live);
    if (!is_far_enough(live, history->key_tried))
        return true;
    state_tidy(live);
    history->key_tried = live->i;
    return keep(history->keys, history->keys->count, live);
}

void keyframe_drop(History *history, uint32_t created)
{
    Keyframes *keys = history->keys;
    while (keys->count > 0 && keys->at[keys->count - 1]->i >= created) {
        State *key = keys->at[--keys->count];
        keys->bytes -= state_bytes(key);
        state_clear(key);
        free(key);
    }
}

void keyframe_free(Keyframes *keys)
{
    if (keys == NULL)
        return;
    while (keys->count > 0) {
        state_clear(keys->at[--keys->count]);
        free(keys->at[keys->count]);
    }
    free(keys->at);
    free(keys);
}

/* A state passes where a keyframe would be due and none stands. */
static bool keep_passing(State *state, Keyframes *keys)
{
    size_t k = keys_until(keys, state->i);
    bool none_ahead = k == keys->count || keys->at[k]->i - state->i >= KEYFRAME_EVENTS;
    if (!none_ahead || !is_far_enough(state, k > 0 ? keys->at[k - 1]->i : 0))
        return true;
    state_tidy(state);
    return keep(keys, k, state);
}

/* --------------------------------------------------------------------------------------- left behind ---- */

/* Those that are still of use stand between the keyframe and event i; the arrays of the others are reused. */
static void forget_behind(State *state, const History *history, uint32_t from, uint32_t i)
{
    size_t kept = 0;
    for (size_t k = 0; k < state->behind_count; k++) {
        State one = state->behind[k];
        if (one.history != history || one.generation != history->generation || one.i <= from || one.i > i)
            continue;
        state->behind[k] = state->behind[kept];
        state->behind[kept++] = one;
    }
    state->behind_count = kept;
}

static bool leave_behind(State *state)
{
    if (state->behind == NULL && (state->behind = calloc(BEHIND, sizeof *state->behind)) == NULL)
        return false;
    state_tidy(state);
    return copy_state(&state->behind[state->behind_count++], state);
}

/* The event at which the way to event i leaves a state behind; UINT32_MAX: none is worth it. */
static uint32_t next_behind(const State *state, uint32_t i)
{
    uint32_t way = (i - state->i) / 2;
    bool near = way < BEHIND_LEAST || way < state_bytes(state) / BEHIND_BYTES;
    return near || state->behind_count == BEHIND ? UINT32_MAX : state->i + way;
}

/* ------------------------------------------------------------------------------------------ going there ----
 */

/* Begins again at a state that was kept, or before everything. The arrays stay for reuse. */
static bool start_at(State *state, const History *history, const State *from)
{
    static const State before;
    if (!copy_state(state, from != NULL ? from : &before))
        return false;
    if (from == &history->live)
        put_tasks_in_order(state);
    if (history->has_loop)
        state_forget_main(state);
    state->history = history;
    state->generation = history->generation;
    return true;
}

/* Kinds that change nothing but which event is the last. */
static bool state_changes(EventKind kind)
{
    static const bool changes_nothing[EV_KINDS] = {
        [EV_SOURCE] = true, [EV_FUTURE] = true,    [EV_CALLBACK_REMOVE] = true, [EV_CANCEL] = true,
        [EV_OUTPUT] = true, [EV_UNCANCEL] = true,  [EV_BLOCKED] = true,         [EV_MARK] = true,
        [EV_NOTE] = true,   [EV_EXCEPTION] = true, [EV_PROGRESS] = true,        [EV_PICTURE] = true,
        [EV_OTHER] = true,
    };
    return !changes_nothing[kind];
}

/* Applies the events up to i. */
static bool go_on(State *state, const History *history, uint32_t i, bool back)
{
    Event event;
    uint32_t mark = back ? next_behind(state, i) : UINT32_MAX, pass = state->i + KEYFRAME_EVENTS;
    for (uint32_t next = state->i + 1; next <= i; next++) {
        bool stops = next == i || next >= pass || next >= mark || next == 1;
        if (!stops && !state_changes(pack_kind(&history->pack, next)))
            continue;
        pack_get(&history->pack, next, &event);
        if (!state_apply(state, history, &event, NULL))
            return false;
        tidy_when_worth_it(state);
        if (next >= pass) {
            if (!keep_passing(state, history->keys))
                return false;
            pass = next + KEYFRAME_EVENTS / 4;
        }
        if (next >= mark) {
            if (!leave_behind(state))
                return false;
            mark = next_behind(state, i);
        }
    }
    return true;
}

/* The nearest state at or before event i that is kept somewhere, or NULL. */
static const State *nearest(State *state, const History *history, uint32_t i)
{
    size_t keys = keys_until(history->keys, i);
    const State *near = keys > 0 ? history->keys->at[keys - 1] : NULL;
    if (i == history->live.i && i > 0)
        near = &history->live;
    forget_behind(state, history, near != NULL ? near->i : 0, i);
    return state->behind_count > 0 ? &state->behind[state->behind_count - 1] : near;
}

bool state_at(State *state, const History *history, uint32_t i)
{
    if (i > history->pack.count)
        i = history->pack.count;
    bool known = state->history == history && state->generation == history->generation;
    bool back = known && i < state->i;
    const State *near = known && state->i == i ? NULL : nearest(state, history, i);
    bool from_here = known && !back && (near == NULL || state->i >= near->i);
    if ((!from_here && !start_at(state, history, near)) || !go_on(state, history, i, back)) {
        state->history = NULL;
        return false;
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
    for (size_t k = 0; k < state->other_room; k++)
        state_clear(&state->others[k]);
    free(state->others);
    for (size_t k = 0; k < BEHIND && state->behind != NULL; k++)
        state_clear(&state->behind[k]);
    free(state->behind);
    *state = (State){0};
}

const TaskState *state_task(const State *state, Id id)
{
    for (size_t k = 0; k < state->task_count; k++)
        if (state->tasks[k].id == id)
            return &state->tasks[k];
    return NULL;
}

bool state_is_closed(const State *state, uint32_t loop)
{
    for (size_t k = 0; loop != state->loop && k < state->other_count; k++)
        if (state->others[k].loop == loop)
            return state->others[k].closed;
    return loop == state->loop && state->closed;
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
    known.until = created.kind == EV_FUTURE ? (Until)created.n : UNTIL_ALL;
    known.lock = created.kind == EV_FUTURE ? created.on : ID_NONE;
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
        if (kid == NULL || kid->done == 0 || kid->done > state->i)
            continue;
        known.kids_done++;
        if (known.until == UNTIL_EXCEPTION)
            known.kid_failed |= pack_word(&history->pack, kid->done) == WORD_FAILED;
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
