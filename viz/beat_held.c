/*
 * Stops that are only known one event later: what else belongs to the motion is taken in.
 */
#include "beat_parts.h"

#include <string.h>

bool beat_ends_line(const Event *event)
{
    size_t length = event->text ? strlen(event->text) : 0;
    return length == 0 || event->text[length - 1] == '\n';
}

void beat_hold(Beats *beats, uint32_t i, Joins joins)
{
    beats->held = i;
    beats->joins = joins;
    beats->woken = false;
}

static bool is_wake(const Beats *beats, const Event *event)
{
    return event->kind == EV_READY && event->why != WORD_START && event->why != WORD_YIELD &&
           !(event->task && event->task == beats->task && beats->scope == SCOPE_TASK);
}

static bool held_takes(const Beats *beats, const Event *event)
{
    switch (beats->joins) {
    case JOINS_WAKES:
        return is_wake(beats, event);
    case JOINS_CANCELS:
        return is_wake(beats, event) || event->kind == EV_CANCEL || event->kind == EV_DONE ||
               event->kind == EV_HANDLE_CANCEL || event->kind == EV_CALLBACK_REMOVE;
    case JOINS_RETURN:
        return event->kind == EV_LOOP && event->word == WORD_RETURN;
    case JOINS_END:
        return event->kind == EV_END;
    case JOINS_LINE:
        return event->kind == EV_OUTPUT;
    case JOINS_ERRORS:
        return event->kind == EV_OUTPUT && event->n == 2;
    case JOINS_WARNING:
        return (event->kind == EV_OUTPUT && event->n == 2) ||
               (event->kind == EV_COROUTINE && event->word == WORD_NEVER_AWAITED);
    case JOINS_OBJECTS:
        return event->kind == EV_COROUTINE && event->word != WORD_NEVER_AWAITED;
    }
    return false;
}

/** Coroutine objects that something else happens after, and not with. */
static bool is_left_alone(const Event *next)
{
    return next->kind == EV_LINE || next->kind == EV_COROUTINE || next->kind == EV_SWITCH ||
           next->kind == EV_OUTPUT || next->kind == EV_MARK || next->kind == EV_NOTE || next->kind == EV_END;
}

void beat_release(Beats *beats, const Event *next)
{
    uint32_t held = beats->held;
    beats->held = 0;
    if (beats->joins == JOINS_WAKES && !beats->woken)
        return;
    if (beats->joins == JOINS_OBJECTS && next && !is_left_alone(next))
        return;
    if (beats->joins == JOINS_RETURN)
        beat_stop(beats, held);
    else
        beat_stop_apart(beats, held);
}

bool beat_held_take(Beats *beats, const History *history, const Event *event)
{
    if (!held_takes(beats, event)) {
        beat_release(beats, event);
        return false;
    }
    if (beats->joins == JOINS_WAKES && !beats->woken) {
        beat_stop_before(beats, history, beats->held);
        beats->woken = true;
    }
    beats->held = event->i;
    if (beats->joins != JOINS_OBJECTS)
        beats->moved = true;
    if (beats->joins == JOINS_END || (beats->joins == JOINS_LINE && beat_ends_line(event)))
        beat_release(beats, NULL);
    return true;
}
