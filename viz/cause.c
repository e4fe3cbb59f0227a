/*
 * cause.c — why did this happen? One step back along the chain of causes (TRACE.md, Cause).
 *
 *     timer h3 pushed ◄─ h3 ready ◄─ h3 run ◄─ future f2 done ◄─ h6 ready (wake-up of t2) ◄─ h6 run ◄─ …
 *
 * Everything between a `run` and its `ran` was caused by that handle. A handle runs because it was queued; it
 * was queued because what it waited for was done, because its timer was due, or because somebody asked.
 * Most of it is known of the handles, tasks and futures, or stands a few events before; for the rest the
 * state just before the event is made, which in a trace with very many tasks takes its time.
 */
#include "inside.h"

enum { LOOK_BACK = 512 }; /* events: a step is rarely longer */

/* The `run` that event i lies in, 0 when it lies in none. @return false when it is too far to be seen */
static bool run_around(const History *history, uint32_t i, uint32_t *run)
{
    for (uint32_t k = i - 1, left = LOOK_BACK; left > 0; k--, left--) {
        if (k > 0 && history_has_loops(history) && history_loop(history, k) != history_loop(history, i))
            continue; /* another loop's, meanwhile */
        EventKind kind = k > 0 ? history_kind(history, k) : EV_RAN;
        if (kind == EV_RAN || (kind == EV_RUN && history_event(history, k).word != WORD_SKIPPED)) {
            *run = kind == EV_RUN ? k : 0;
            return true;
        }
    }
    return false;
}

static uint32_t queued_at(const History *history, const Event *run)
{
    const HandleRecord *handle = handle_record(history, run->handle);
    return handle != NULL && handle->ready < run->i ? handle->ready : 0;
}

/* What stands around an event in no handle's step: who was switched to, else the loop's phase. */
static uint32_t around(const History *history, const State *before)
{
    if (before->hand != 0 && id_kind(before->running) == 'k')
        return before->hand;
    if (before->iteration == 0 || before->phase == PHASE_NONE)
        return 0;
    const Iteration *iteration = history_iteration(history, (size_t)history_iteration_at(history, before->i));
    if (iteration->selected != 0 && iteration->selected <= before->i)
        return iteration->selected;
    return iteration->select != 0 && iteration->select <= before->i ? iteration->select : iteration->from;
}

/* A timer was pushed, a task made; or what it waited for was done within the step `run`. @return 0: neither
 */
static uint32_t asked_for(const History *history, const Event *event, uint32_t run)
{
    if (event->why == WORD_START && event->task != ID_NONE) {
        const FutureRecord *task = future_record(history, event->task);
        if (task != NULL && task->created != 0 && task->created < event->i)
            return task->created;
    }
    /* A callback that is added to what is done already is queued by the one who adds it, not by the `done`.
     */
    if (event->future != ID_NONE) {
        const FutureRecord *future = future_record(history, event->future);
        if (future != NULL && future->done > run && future->done < event->i)
            return future->done;
    }
    return 0;
}

static uint32_t due(const History *history, const Event *ready)
{
    const HandleRecord *handle = handle_record(history, ready->handle);
    return handle != NULL && handle->timer < ready->i ? handle->timer : 0;
}

static uint32_t cause_in(const History *history, const Event *event, uint32_t run)
{
    uint32_t cause = event->kind == EV_READY ? asked_for(history, event, run) : 0;
    return cause != 0 ? cause : run;
}

/* The same where no handle runs. */
static uint32_t cause_outside(const History *history, const Event *event)
{
    State before = {0};
    uint32_t cause = 0;
    if (state_at(&before, history, event->i - 1)) {
        cause = cause_in(history, event, before.run);
        if (cause == 0 && event->kind != EV_LOOP && event->kind != EV_ITERATION)
            cause = around(history, &before);
    }
    state_clear(&before);
    return cause;
}

uint32_t history_cause(const History *history, uint32_t i)
{
    uint32_t run = 0;
    if (i == 0 || i > history_count(history))
        return 0;
    Event event = history_event(history, i);
    if (event.kind == EV_SOURCE || event.kind == EV_END)
        return 0;
    if (event.kind == EV_RUN)
        return queued_at(history, &event);
    if (event.kind == EV_READY && event.by == WORD_TIMER)
        return due(history, &event);
    bool seen = run_around(history, i, &run);
    uint32_t cause = seen ? cause_in(history, &event, run) : 0;
    return cause != 0 ? cause : cause_outside(history, &event);
}

Id history_completer(const History *history, Id future)
{
    const FutureRecord *record = id_kind(future) == 'f' ? future_record(history, future) : NULL;
    uint32_t run = 0;
    if (record == NULL || record->done == 0 || history_event(history, record->done).word != WORD_DONE ||
        !run_around(history, record->done, &run) || run == 0)
        return ID_NONE;
    return history_event(history, run).task;
}
