/*
 * cycle.c — the circle is found by going from each waiting task to the one that it waits for, until one comes
 * up again. A wait for several (a gather) leads nowhere: it may be over by any of them.
 */
#include "cycle.h"

/* What a task waits on; ID_NONE: it does not wait. */
static Id waits_on(const Event *stuck, Id task)
{
    for (size_t k = 0; k + 1 < stuck->id_count; k += 2)
        if (stuck->ids[k] == task)
            return stuck->ids[k + 1];
    return ID_NONE;
}

static Id waits_for(const Event *stuck, Id task, bool *by_lock)
{
    Id on = waits_on(stuck, task);
    Id holder = id_kind(on) == 'f' ? waits_on(stuck, on) : ID_NONE;
    *by_lock = holder != ID_NONE;
    return id_kind(on) == 't' ? on : holder;
}

bool cycle_of(Cycle *cycle, const Event *stuck)
{
    for (size_t k = 0; k + 1 < stuck->id_count && id_kind(stuck->ids[k]) == 't'; k += 2) {
        Id task = stuck->ids[k];
        cycle->count = 0;
        while (task != ID_NONE && cycle->count < CYCLE_MOST) {
            cycle->tasks[cycle->count] = task;
            task = waits_for(stuck, task, &cycle->by_lock[cycle->count++]);
            if (task == cycle->tasks[0])
                return true;
        }
    }
    return false;
}

/* The `stuck` among the events from i on back, of which not more than `most` are looked at. */
static bool find_stuck(const History *history, uint32_t i, uint32_t most, Event *stuck)
{
    for (; i > 0 && most > 0 && history_kind(history, i) != EV_STUCK; most--)
        i--;
    if (i == 0 || most == 0)
        return false;
    *stuck = history_event(history, i);
    return true;
}

static bool find_now(const History *history, const State *state, Event *stuck)
{
    return state->stuck && find_stuck(history, state->i, UINT32_MAX, stuck);
}

bool cycle_find(Cycle *cycle, const History *history, const State *state)
{
    Event stuck;
    return find_now(history, state, &stuck) && cycle_of(cycle, &stuck);
}

Id cycle_holder(const History *history, const State *state, Id future)
{
    Event stuck;
    return id_kind(future) == 'f' && find_now(history, state, &stuck) ? waits_on(&stuck, future) : ID_NONE;
}

Id cycle_giver(const History *history, Id future)
{
    enum { BEHIND_STUCK = 512 }; /* what is written while the loop is closed */
    Event stuck;
    Id giver = history_completer(history, future);
    if (giver == ID_NONE && id_kind(future) == 'f' &&
        find_stuck(history, history_count(history), BEHIND_STUCK, &stuck))
        giver = waits_on(&stuck, future);
    return giver;
}

/* The lock that a task waits for, or takes when its turn comes; ID_NONE: none. */
static Id lock_wanted(const History *history, const State *state, Id task)
{
    const TaskState *its = state_task(state, task);
    Id future = its != NULL && its->status == STATUS_WAITING ? its->on : ID_NONE;
    for (size_t k = 0; k < state->ready_count && future == ID_NONE; k++)
        if (state->ready[k].task == task)
            future = state->ready[k].future;
    return future != ID_NONE ? state_future(state, history, future).lock : ID_NONE;
}

Giver cycle_giver_is(const History *history, const State *state, Id giver, Id future)
{
    Id lock = state_future(state, history, future).lock;
    if (giver == ID_NONE || lock == ID_NONE)
        return GIVER_UNKNOWN;
    return lock_wanted(history, state, giver) == lock ? GIVER_IN_LINE : GIVER_HAS_IT;
}
