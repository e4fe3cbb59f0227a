/*
 * state_queue.c — the ready queue and the timers of a state.
 *
 *     start        front                    front + count     room
 *       │ left before │ head …………………… tail │ to come          │
 *
 * Both are arrays that leave from their fronts without moving what stands behind: a queue of ten thousand
 * costs no more than one of three.
 */
#include "arena.h"
#include "inside.h"

#include <string.h>

bool state_push_ready(State *state, const ReadyState *entry)
{
    size_t front = state->ready_start != NULL ? (size_t)(state->ready - state->ready_start) : 0;
    if (front > 0 && front + state->ready_count == state->ready_room && front > state->ready_room / 2) {
        memmove(state->ready_start, state->ready, state->ready_count * sizeof *entry);
        front = 0;
    }
    ReadyState *start =
        array_grow(state->ready_start, &state->ready_room, front + state->ready_count + 1, sizeof *start);
    if (start == NULL)
        return false;
    state->ready_start = start;
    state->ready = start + front;
    state->ready[state->ready_count++] = *entry;
    return true;
}

ReadyState state_take_ready(State *state, Id handle)
{
    size_t k = 0;
    while (k < state->ready_count && state->ready[k].handle != handle)
        k++;
    if (k == state->ready_count)
        return (ReadyState){.handle = handle};
    ReadyState taken = state->ready[k];
    memmove(state->ready + 1, state->ready, k * sizeof taken);
    state->ready++;
    state->ready_count--;
    return taken;
}

size_t state_next_ready(const State *state, const History *history)
{
    enum { LONGEST_STEP = 10000 };
    if (history_schedule(history) == NULL)
        return 0;
    uint32_t count = history_count(history), i = state->i;
    for (uint32_t left = LONGEST_STEP; i < count && left > 0; left--) {
        EventKind kind = history_kind(history, ++i);
        if (kind == EV_ITERATION)
            break;
        if (kind != EV_RUN)
            continue;
        Id handle = history_event(history, i).handle;
        for (size_t k = 0; k < state->ready_count; k++)
            if (state->ready[k].handle == handle)
                return k;
    }
    return state->ready_count;
}

/* Index of the first timer that is not before (when, handle). */
static size_t timer_place(const State *state, int64_t when, Id handle)
{
    size_t low = 0, high = state->timer_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const TimerState *timer = &state->timers[middle];
        if (timer->when < when || (timer->when == when && timer->handle < handle))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool state_push_timer(State *state, const Event *event)
{
    size_t front = state->timer_start != NULL ? (size_t)(state->timers - state->timer_start) : 0,
           count = state->timer_count;
    if (front + count == state->timer_room && front > state->timer_room / 2) {
        memmove(state->timer_start, state->timers, count * sizeof *state->timers);
        front = 0;
    }
    TimerState *start = array_grow(state->timer_start, &state->timer_room, front + count + 1, sizeof *start);
    if (start == NULL)
        return false;
    state->timer_start = start;
    state->timers = start + front;
    size_t k = timer_place(state, event->n, event->handle);
    /* The shorter side makes room. */
    if (front > 0 && k < count / 2) {
        memmove(state->timers - 1, state->timers, k * sizeof *start);
        state->timers--;
    } else {
        memmove(state->timers + k + 1, state->timers + k, (count - k) * sizeof *start);
    }
    state->timers[k] = (TimerState){.handle = event->handle,
                                    .future = event->future,
                                    .when = event->n,
                                    .since = event->i,
                                    .callback = event->text};
    state->timer_count++;
    state->timers_alone += timer_is_alone(&state->timers[k]);
    return true;
}

void state_take_timer(State *state, const History *history, Id handle)
{
    const HandleRecord *record = handle_record(history, handle);
    if (record == NULL || record->timer == 0 || state->timer_count == 0)
        return;
    size_t k = timer_place(state, pack_event(&history->pack, record->timer).n, handle);
    if (k == state->timer_count || state->timers[k].handle != handle)
        return;
    state->timers_alone -= timer_is_alone(&state->timers[k]);
    size_t behind = --state->timer_count - k;
    if (k < behind) {
        memmove(state->timers + 1, state->timers, k * sizeof *state->timers);
        state->timers++;
    } else {
        memmove(state->timers + k, state->timers + k + 1, behind * sizeof *state->timers);
    }
}
