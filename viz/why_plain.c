/*
 * What happens by the program's own hand: output, calls, switches, lines. And any single event by itself, for
 * a reader who steps from event to event.
 */
#include "why_parts.h"

#include <stdio.h>
#include <string.h>

/** How much of a program driven by hand is looked through, events. */
enum { LONGEST_STORY = 10000 };

void tell_output(Telling *telling)
{
    Event output = history_event(telling->history, telling->last[EV_OUTPUT]);
    Text name;
    SAY(&telling->phrase, output.n == 2 ? "why.output.error" : "why.output",
        {"task", actor_name(telling, &name)}, {"text", output.text});
    tell_line_behind(telling, output.i);
}

void tell_enter(Telling *telling)
{
    Event enter = history_event(telling->history, telling->last[EV_ENTER]);
    Text name;
    bool task = id_kind(telling->state->running) == 't';
    SAY(&telling->phrase, task ? "why.enter.await" : "why.enter.call", {"task", actor_name(telling, &name)},
        {"function", enter.text});
}

/** Where the line begins in its source; NULL: not known. */
static const char *source_line(const History *history, Id source, uint32_t line)
{
    const char *text = NULL;
    for (size_t k = 0; k < history_sources(history); k++) {
        Source its = history_source(history, k);
        if (its.id == source)
            text = its.text;
    }
    for (uint32_t k = 1; text && k < line; k++) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return line == 0 ? NULL : text;
}

const char *code_of(const History *history, Id source, uint32_t line, Text *buffer)
{
    const char *text = source_line(history, source, line);
    if (!text)
        return NULL;
    text += strspn(text, " \t");
    size_t length = strcspn(text, "\n#");
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\r'))
        length--;
    if (length == 0 || length >= sizeof buffer->text)
        return NULL;
    memcpy(buffer->text, text, length);
    buffer->text[length] = '\0';
    return buffer->text;
}

/** The line of the same function that the task was at before this one; 0: not known. */
static uint32_t line_before(const Telling *telling, const Event *line)
{
    for (uint32_t k = line->i, left = LONGEST_STORY; k > 1 && left > 0; left--) {
        if (history_kind(telling->history, --k) != EV_LINE)
            continue;
        Event event = history_event(telling->history, k);
        if (event.task == line->task && event.source == line->source && event.text == line->text)
            return event.line;
    }
    return 0;
}

/** Does line `inner` stand in the block that line `head` opens: are all lines from there to it deeper? */
static bool is_in_block(const History *history, Id source, uint32_t head, uint32_t inner)
{
    const char *text = source_line(history, source, head);
    size_t indent = text ? strspn(text, " ") : 0;
    for (uint32_t k = head + 1; text && k <= inner; k++) {
        text = source_line(history, source, k);
        if (text && text[strspn(text, " ")] != '\n' && strspn(text, " ") <= indent)
            return false;
    }
    return text && inner > head;
}

/** Python comes back to the line of a `with` to leave it. */
static bool leaves_block(const Telling *telling, const Event *line, const char *code)
{
    bool with = code && (strncmp(code, "with ", 5) == 0 || strncmp(code, "async with ", 11) == 0);
    return with && is_in_block(telling->history, line->source, line->line, line_before(telling, line));
}

void tell_line_behind(Telling *telling, uint32_t output)
{
    uint32_t last = telling->last[EV_LINE], k = output;
    if (last < output)
        return;
    while (k > 1 && output - k < LONGEST_STORY && history_kind(telling->history, k) != EV_LINE)
        k--;
    Event now = history_event(telling->history, last), then = history_event(telling->history, k);
    Number line;
    Text code;
    bool leaves = leaves_block(telling, &now, code_of(telling->history, now.source, now.line, &code));
    if (now.by != WORD_THREAD && (then.line != now.line || then.source != now.source))
        SAY(&telling->phrase, leaves ? "why.output.leave" : "why.output.line",
            {"line", number_text(now.line, &line)});
}

/** The line that the task stood at when it was suspended; kind EV_NONE: not known. */
static Event line_stood_at(const Telling *telling, const Event *run)
{
    for (uint32_t k = run->i, left = LONGEST_STORY; k > 1 && left > 0; left--) {
        if (history_kind(telling->history, --k) != EV_LINE)
            continue;
        Event event = history_event(telling->history, k);
        if (event.task == run->task)
            return event;
    }
    return (Event){.kind = EV_NONE};
}

void tell_way(Telling *telling, const Event *run)
{
    uint32_t last = telling->last[EV_LINE];
    Event then = line_stood_at(telling, run);
    if (last < run->i || then.kind == EV_NONE)
        return;
    Event now = history_event(telling->history, last);
    Number line;
    Text name, code;
    bool same = now.line == then.line && now.source == then.source, round = false;
    for (uint32_t k = run->i; same && !round && k < last; k++)
        round = history_kind(telling->history, k) == EV_LINE &&
                history_event(telling->history, k).line != now.line;
    if (now.by == WORD_THREAD || (same && !round))
        return;
    const char *text = code_of(telling->history, now.source, now.line, &code);
    const char *key = leaves_block(telling, &now, text) ? "why.way.leave"
                      : round                           ? "why.way.round"
                                                        : "why.way.line";
    SAY(&telling->phrase, key, {"task", name_of(telling, run->task, &name)},
        {"line", number_text(now.line, &line)});
}

void tell_line(Telling *telling)
{
    Event event = history_event(telling->history, telling->last[EV_LINE]);
    Text name, code;
    Number line;
    const char *text = code_of(telling->history, event.source, event.line, &code);
    const char *key = event.by == WORD_THREAD ? (text ? "why.line.thread" : "why.line.thread_plain")
                      : leaves_block(telling, &event, text) ? "why.line.leave"
                      : text                                ? "why.line"
                                                            : "why.line.plain";
    SAY(&telling->phrase, key, {"task", actor_name(telling, &name)}, {"line", number_text(event.line, &line)},
        {"code", text});
}

/* -------------------------------------------------------------------------------------------- hand ---- */

static size_t spans_of(const Telling *telling, Id id, const Span **spans)
{
    for (size_t k = 0; k < history_lanes(telling->history); k++)
        if (history_lane(telling->history, k)->id == id)
            return history_spans(telling->history, k, spans);
    return 0;
}

/** Has the coroutine control at some time from `from` on and before `until`? */
static bool runs_between(const Telling *telling, Id id, uint32_t from, uint32_t until)
{
    const Span *spans;
    size_t count = spans_of(telling, id, &spans);
    for (size_t k = 0; k < count; k++)
        if (spans[k].status == STATUS_RUNNING && spans[k].from >= from && spans[k].from < until)
            return true;
    return false;
}

/** Has `from` come to its end with this switch? Where the trace does not say so: it ended, and never ran
 * again. */
static bool ends_with_switch(const Telling *telling, const Event *event)
{
    if (event->word == WORD_DONE || event->word == WORD_FAILED || event->word == WORD_CANCELLED)
        return true;
    const Lane *lane = history_lane_of(telling->history, event->coroutine);
    return event->word == WORD_NONE && event->text && event->coroutine != ID_MAIN && lane &&
           lane->ended != 0 && !runs_between(telling, event->coroutine, event->i, UINT32_MAX);
}

/** Is it driven by `next`: does it ever hand out a value? A greenlet hands over the thread and nothing else.
 */
static bool is_generator(const Telling *telling, Id id)
{
    uint32_t count = history_count(telling->history);
    for (uint32_t i = 1; i <= count && i <= LONGEST_STORY; i++) {
        if (history_kind(telling->history, i) != EV_SWITCH)
            continue;
        Event event = history_event(telling->history, i);
        if (event.coroutine == id && event.text && event.word != WORD_DONE)
            return true;
    }
    return false;
}

/** Has `from` only just been given this value by a generator of its own? */
static bool passes_on(const Telling *telling, const Event *event)
{
    if (event->i < 2 || history_kind(telling->history, event->i - 1) != EV_SWITCH)
        return false;
    Event before = history_event(telling->history, event->i - 1);
    return before.on == event->coroutine && before.text && before.word != WORD_DONE && event->text;
}

/** A switch to a coroutine that somebody drives: by hand, by `next`, by `yield from`. */
static const char *resume_key(const Telling *telling, const Event *event)
{
    bool first = event->on != ID_MAIN && !runs_between(telling, event->on, 0, event->i);
    if (!is_generator(telling, event->on))
        return first ? "why.switch.first" : "why.switch";
    if (is_generator(telling, event->coroutine))
        return first ? "why.switch.pass_first" : "why.switch.pass";
    return first ? "why.switch.next_first" : "why.switch.next";
}

static void tell_switch(Telling *telling, const Event *event)
{
    Text from, to;
    bool none = event->text && strcmp(event->text, "None") == 0;
    const char *key = ends_with_switch(telling, event) ? "why.switch.ended"
                      : !event->text                   ? resume_key(telling, event)
                      : passes_on(telling, event)      ? "why.switch.pass_up"
                      : none                           ? "why.switch.pause"
                                                       : "why.switch.yield";
    SAY(&telling->phrase, key, {"from", name_of(telling, event->coroutine, &from)},
        {"to", name_of(telling, event->on, &to)}, {"value", event->text});
}

/* ------------------------------------------------------------------------------------ single events ---- */

static const char *const loop_keys[WORDS] = {
    [WORD_NEW] = "why.event.new",       [WORD_RUN] = "why.event.run",     [WORD_STOP] = "why.event.stop",
    [WORD_RETURN] = "why.event.return", [WORD_CLOSE] = "why.event.close",
};

static void tell_exception(Telling *telling, const Event *event)
{
    Text name;
    const char *message = event->text ? event->text : "";
    bool task = id_kind(event->future) == 't', never = strstr(message, "never retrieved") != NULL;
    const char *key = task && strstr(message, "destroyed")                 ? "why.exception.destroyed"
                      : task && never                                      ? "why.exception.task"
                      : never                                              ? "why.exception.future"
                      : strncmp(message, "Exception in callback", 21) == 0 ? "why.exception.callback"
                      : event->text2 && *message                           ? "why.exception.other"
                                                                           : "why.exception";
    SAY(&telling->phrase, key, {"task", event->future ? name_of(telling, event->future, &name) : ""},
        {"text", event->text2 ? event->text2 : event->text}, {"message", message});
}

/** How many coroutine objects are made in a row, up to event i. @param same are all of one function? */
static uint32_t objects_until(const Telling *telling, uint32_t i, bool *same)
{
    const char *last = history_event(telling->history, i).text;
    uint32_t count = 0;
    *same = true;
    for (; i > telling->from && history_kind(telling->history, i) == EV_COROUTINE; i--, count++) {
        const char *name = history_event(telling->history, i).text;
        *same = *same && name && last && strcmp(name, last) == 0;
    }
    return count;
}

static void tell_coroutine(Telling *telling, const Event *event)
{
    Text name;
    Number number;
    bool by_hand = history_lane_of(telling->history, event->coroutine) != NULL, same;
    uint32_t count = objects_until(telling, event->i, &same);
    if (event->word != WORD_NEVER_AWAITED && !by_hand && count > 1)
        SAY(&telling->phrase, same ? "why.coroutine.times" : "why.coroutine.several",
            {"name", same ? event->text : ""}, {"n", number_text(count, &number)});
    else if (event->word != WORD_NEVER_AWAITED && by_hand)
        SAY(&telling->phrase, "why.coroutine.hand", {"name", name_of(telling, event->coroutine, &name)});
    else
        SAY(&telling->phrase, event->word == WORD_NEVER_AWAITED ? "why.never_awaited" : "why.coroutine",
            {"name", event->text ? event->text : name_of(telling, event->coroutine, &name)});
}

/** The name that the program gave the moment, and where it is. */
static void tell_mark(Telling *telling, const Event *event)
{
    uint32_t line = telling->last[EV_LINE];
    Event at = line ? history_event(telling->history, line) : (Event){.kind = EV_NONE};
    Text name, code;
    Number number;
    const char *text = line ? code_of(telling->history, at.source, at.line, &code) : NULL;
    SAY(&telling->phrase, text ? "why.mark.line" : "why.mark", {"name", event->text},
        {"task", actor_name(telling, &name)}, {"line", number_text(at.line, &number)}, {"code", text});
}

static void tell_blocked(Telling *telling, const Event *event)
{
    Text name, seconds;
    SAY(&telling->phrase, id_kind(telling->state->running) == 't' ? "why.blocked.task" : "why.blocked",
        {"task", actor_name(telling, &name)},
        {"seconds", seconds_label(telling->history, event->n, seconds.text, sizeof seconds.text)});
}

/** Has the timer left the heap before event i? */
static bool has_fired(const Telling *telling, const Event *cancel)
{
    Event ready = ready_of(telling, cancel->handle, cancel->i);
    return ready.kind == EV_READY;
}

static void tell_done(Telling *telling, const Event *event)
{
    Text name;
    const char *key = event->word == WORD_FAILED      ? "why.event.done_failed"
                      : event->word == WORD_CANCELLED ? "why.event.done_cancelled"
                                                      : "why.event.done";
    SAY(&telling->phrase, key, {"future", future_name(telling, event->future, &name)},
        {"value", event->text});
}

/** Futures, timers and callbacks: what a reader sees at the deeper levels. */
static void tell_inner(Telling *telling, const Event *event)
{
    Text name, other;
    switch (event->kind) {
    case EV_TIMER:
        SAY(&telling->phrase, "why.event.timer",
            {"seconds", seconds_label(telling->history, event->n - event->ts, name.text, sizeof name.text)});
        break;
    case EV_HANDLE_CANCEL:
        phrase_say(&telling->phrase,
                   has_fired(telling, event) ? "why.event.handle_cancel_late" : "why.event.handle_cancel",
                   NULL, 0);
        break;
    case EV_FUTURE:
        SAY(&telling->phrase, "why.event.future", {"future", future_name(telling, event->future, &name)});
        break;
    case EV_CALLBACK_ADD:
        SAY(&telling->phrase, event->task ? "why.event.waiter" : "why.event.callback_add",
            {"task", event->task ? name_of(telling, event->task, &other) : ""},
            {"future", future_name(telling, event->future, &name)},
            {"callback", callback_label(event->text, (char[128]){0}, 128)});
        break;
    case EV_CALLBACK_REMOVE:
        SAY(&telling->phrase, "why.event.callback_remove",
            {"future", future_name(telling, event->future, &name)});
        break;
    default:
        SAY(&telling->phrase, "why.event.other", {"name", event->text});
        break;
    }
}

/** Runs by themselves: a callback, or a handle that the loop skips. */
static void tell_handle(Telling *telling, const Event *event)
{
    char name[400];
    ReadyState entry;
    Event ready = ready_of(telling, event->handle, event->i);
    entry = entry_of(&ready);
    if (event->word == WORD_SKIPPED)
        phrase_say(&telling->phrase, "why.call.skipped", NULL, 0);
    else
        SAY(&telling->phrase, "why.event.callback",
            {"+callback", handle_name(telling, &entry, name, sizeof name)});
}

void tell_event(Telling *telling, uint32_t i)
{
    Event event = history_event(telling->history, i);
    Text name;
    Number number, total;
    switch (event.kind) {
    case EV_SOURCE:
        SAY(&telling->phrase, "why.event.source", {"name", event.text});
        break;
    case EV_LOOP:
        phrase_say(&telling->phrase, loop_keys[event.word] ? loop_keys[event.word] : "why.nothing", NULL, 0);
        break;
    case EV_ITERATION:
        SAY(&telling->phrase, "why.event.iteration", {"n", number_text(event.n, &number)});
        break;
    case EV_SELECTED:
        SAY(&telling->phrase, "why.event.selected", {"n", number_text(event.n, &number)});
        break;
    case EV_RUN:
        tell_handle(telling, &event);
        break;
    case EV_TASK:
        SAY(&telling->phrase, "why.event.task", {"task", name_of(telling, event.task, &name)});
        break;
    case EV_TASK_NAME:
        SAY(&telling->phrase, "why.event.task_name", {"task", event.text});
        break;
    case EV_COROUTINE:
        tell_coroutine(telling, &event);
        break;
    case EV_DONE:
        tell_done(telling, &event);
        break;
    case EV_UNCANCEL:
        SAY(&telling->phrase, "why.event.uncancel", {"task", name_of(telling, event.task, &name)});
        break;
    case EV_LEAVE:
        SAY(&telling->phrase, event.text ? "why.leave" : "why.leave.end", {"function", event.text});
        break;
    case EV_SWITCH:
        tell_switch(telling, &event);
        break;
    case EV_BLOCKED:
        tell_blocked(telling, &event);
        break;
    case EV_EXCEPTION:
        tell_exception(telling, &event);
        break;
    case EV_MARK:
        tell_mark(telling, &event);
        break;
    case EV_PROGRESS:
        SAY(&telling->phrase, "why.progress", {"name", event.text}, {"done", number_text(event.n, &number)},
            {"total", number_text(event.total, &total)});
        break;
    case EV_PICTURE:
        SAY(&telling->phrase, "why.picture", {"name", event.text});
        break;
    case EV_NOTE:
        SAY(&telling->phrase, "why.note", {"text", event.text});
        break;
    default:
        tell_inner(telling, &event);
        break;
    }
}
