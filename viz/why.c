/*
 * Which of the events is the one to tell.
 *
 * A step of the reader is a range of events. What ends the program or goes wrong comes first; then a range
 * that holds whole iterations is summed up; else the range is a beat or a single event, and its last event
 * says what it was: the beats are cut so that it does (beat.c).
 */
#include "why_parts.h"

#include <string.h>

/** A longer range is no step but a jump: then only its last event is told. */
enum { LONGEST = 1 << 16 };

static void survey(Telling *telling)
{
    if (telling->from >= telling->until || telling->until - telling->from > LONGEST)
        telling->from = telling->until - 1;
    for (uint32_t i = telling->from + 1; i <= telling->until; i++) {
        EventKind kind = history_kind(telling->history, i);
        if (telling->count[kind]++ == 0)
            telling->first[kind] = i;
        telling->last[kind] = i;
    }
}

static bool is_helper(const Telling *telling)
{
    uint32_t made = telling->first[EV_TASK], left = telling->last[EV_LOOP];
    if (made == 0 || left < made || history_event(telling->history, left).word != WORD_RETURN)
        return false;
    const Lane *lane = history_lane_of(telling->history, history_event(telling->history, made).task);
    return lane && lane->helper;
}

/** A coroutine that was never awaited, in the range: its event, or 0. */
static uint32_t never_awaited(const Telling *telling)
{
    uint32_t i = telling->last[EV_COROUTINE];
    return i && history_event(telling->history, i).word == WORD_NEVER_AWAITED ? i : 0;
}

/** @return false when nothing of the kind is in the range */
static bool tell_trouble(Telling *telling)
{
    if (tell_has(telling, EV_STUCK))
        tell_stuck(telling);
    else if (tell_has(telling, EV_EXCEPTION))
        tell_event(telling, telling->last[EV_EXCEPTION]);
    else if (never_awaited(telling))
        tell_event(telling, never_awaited(telling));
    else if (tell_has(telling, EV_END))
        tell_end(telling);
    else
        return false;
    return true;
}

static bool is_task_run(const Telling *telling)
{
    uint32_t run = telling->last[EV_RUN];
    if (run == 0 || run < telling->last[EV_RAN])
        return false;
    Event event = history_event(telling->history, run);
    return event.task != ID_NONE && event.word != WORD_SKIPPED;
}

/** What ends between two motions: the start of a step, or what it has done so far. */
static void tell_inside(Telling *telling)
{
    if (is_task_run(telling))
        tell_run(telling);
    else if (tell_has(telling, EV_CANCEL))
        tell_cancel(telling);
    else if (tell_has(telling, EV_OUTPUT))
        tell_output(telling);
    else if (telling->until - telling->from > 1 && tell_has(telling, EV_LINE))
        tell_line(telling);
    else
        tell_event(telling, telling->until);
}

static void tell_by_last(Telling *telling)
{
    Event last = history_event(telling->history, telling->until);
    switch (last.kind) {
    case EV_RAN:
        if (last.task != ID_NONE)
            tell_ran(telling);
        else
            tell_callback(telling);
        break;
    case EV_LOOP:
        if (last.word == WORD_RETURN && tell_has(telling, EV_RAN))
            tell_callback(telling);
        else
            tell_event(telling, last.i);
        break;
    case EV_SELECT:
        tell_select(telling);
        break;
    case EV_BATCH:
        tell_batch(telling);
        break;
    case EV_READY:
        if (tell_has(telling, EV_CANCEL))
            tell_cancel(telling);
        else if (last.why == WORD_START && tell_has(telling, EV_TASK))
            tell_created(telling);
        else
            tell_ready(telling);
        break;
    case EV_LINE:
        if (is_task_run(telling))
            tell_run(telling);
        else
            tell_line(telling);
        break;
    case EV_ENTER:
        if (is_task_run(telling))
            tell_run(telling);
        else
            tell_enter(telling);
        break;
    case EV_TASK:
    case EV_COROUTINE:
    case EV_LEAVE:
    case EV_SWITCH:
    case EV_BLOCKED:
    case EV_MARK:
    case EV_NOTE:
    case EV_PROGRESS:
    case EV_PICTURE:
        tell_event(telling, last.i);
        break;
    default:
        tell_inside(telling);
        break;
    }
}

/** What is no proper name, at the beginning of a sentence: "the main program", "the `wait` callback of
 * **a**".
 */
static void capitalize(char *sentence, size_t size)
{
    char *start = sentence + (size > 2 && strncmp(sentence, "**", 2) == 0 ? 2 : 0);
    if (size > 6 && strncmp(start, "the ", 4) == 0)
        *start = 'T';
}

size_t why_tell(char *buffer, size_t size, const History *history, const State *state, uint32_t from,
                uint32_t until, Language language)
{
    Telling telling = {.history = history, .state = state, .from = from, .until = until};
    telling.phrase = phrase_start(buffer, size, language);
    if (until == 0 || until > history_count(history)) {
        phrase_say(&telling.phrase, "why.start", NULL, 0);
        return telling.phrase.length;
    }
    survey(&telling);
    if (!tell_trouble(&telling)) {
        if (is_helper(&telling))
            tell_helper(&telling);
        else if (is_connecting(&telling))
            tell_connecting(&telling);
        else if (tell_has(&telling, EV_ITERATION) && tell_has(&telling, EV_RAN))
            tell_rounds(&telling);
        else
            tell_by_last(&telling);
    }
    if (telling.phrase.length == 0)
        phrase_say(&telling.phrase, "why.nothing", NULL, 0);
    if (history_kind(history, until) != EV_NOTE) /* the program's own words */
        capitalize(buffer, size);
    return telling.phrase.length;
}
