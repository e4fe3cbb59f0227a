/*
 * cause.c — why did this happen? One step back along the chain of causes (TRACE.md, Cause).
 *
 *     timer h3 pushed ◄─ h3 ready ◄─ h3 run ◄─ future f2 done ◄─ h6 ready (wake-up of t2) ◄─ h6 run ◄─ …
 *
 * Everything between a `run` and its `ran` was caused by that handle. A handle runs because it was queued; it
 * was queued because what it waited for was done, because its timer was due, or because somebody asked.
 * Nothing is stored for this: the state just before the event knows it.
 */
#include "inside.h"

static uint32_t queued_at(const State *before, Id handle)
{
    for (size_t k = 0; k < before->ready_count; k++)
        if (before->ready[k].handle == handle)
            return before->ready[k].since;
    return 0;
}

/* What stands around an event: the handle that runs, else the loop's phase, else who was switched to. */
static uint32_t around(const History *history, const State *before)
{
    if (before->run != 0)
        return before->run;
    if (before->hand != 0 && id_kind(before->running) == 'k')
        return before->hand;
    if (before->iteration == 0 || before->phase == PHASE_NONE)
        return 0;
    const Iteration *iteration = history_iteration(history, (size_t)history_iteration_at(history, before->i));
    if (iteration->selected != 0 && iteration->selected <= before->i)
        return iteration->selected;
    return iteration->select != 0 && iteration->select <= before->i ? iteration->select : iteration->from;
}

static uint32_t cause_of_ready(const History *history, const State *before, const Event *event)
{
    if (event->by == WORD_TIMER) {
        const HandleRecord *handle = handle_record(history, event->handle);
        return handle != NULL && handle->timer < event->i ? handle->timer : 0;
    }
    if (event->why == WORD_START && event->task != ID_NONE) {
        const FutureRecord *task = future_record(history, event->task);
        if (task != NULL && task->created != 0 && task->created < event->i)
            return task->created;
    }
    /* A callback that is added to what is done already is queued by the one who adds it, not by the `done`.
     */
    if (event->future != ID_NONE) {
        const FutureRecord *future = future_record(history, event->future);
        if (future != NULL && future->done > before->run && future->done < event->i)
            return future->done;
    }
    return around(history, before);
}

uint32_t history_cause(const History *history, uint32_t i)
{
    State before = {0};
    uint32_t cause = 0;
    if (i == 0 || i > history_count(history) || !state_at(&before, history, i - 1)) {
        state_clear(&before);
        return 0;
    }
    Event event = history_event(history, i);
    switch (event.kind) {
    case EV_RUN:
        cause = queued_at(&before, event.handle);
        break;
    case EV_READY:
        cause = cause_of_ready(history, &before, &event);
        break;
    case EV_LOOP:
    case EV_ITERATION:
        cause = before.run;
        break;
    case EV_SOURCE:
    case EV_END:
        break;
    default:
        cause = around(history, &before);
        break;
    }
    state_clear(&before);
    return cause;
}
