/*
 * Names in sentences, and the look-ups behind them.
 */
#include "why_parts.h"

#include <stdio.h>
#include <string.h>

/** How many names a sentence lists, and how far back a look-up goes before it gives up. */
enum { NAMES_SHOWN = 4, LOOK_BACK = 100000 };

const char *name_of(const Telling *telling, Id id, Text *buffer)
{
    if (id == ID_MAIN || id == ID_NONE)
        return lang_text(telling->phrase.language, "why.main");
    return lane_label(telling->history, id, buffer->text, sizeof buffer->text);
}

FutureState future_of(const Telling *telling, Id future)
{
    FutureState state = state_future(telling->state, telling->history, future);
    state.id = future;
    return state;
}

bool future_is(const FutureState *future, const char *of)
{
    return future->of && strcmp(future->of, of) == 0;
}

const char *future_name(const Telling *telling, Id future, Text *buffer)
{
    if (id_kind(future) == 't')
        return name_of(telling, future, buffer);
    return wait_label(telling->history, telling->state, future, buffer->text, sizeof buffer->text);
}

const char *awaited_name(const Telling *telling, Id on, uint32_t ran, Text *buffer)
{
    if (id_kind(on) == 't')
        return name_of(telling, on, buffer);
    return awaited_label(telling->history, telling->state, on, ran, buffer->text, sizeof buffer->text);
}

const FutureWords *words_for(const Telling *telling, Id future, Id task)
{
    const TaskState *waiter = state_task(telling->state, task);
    return awaited_words(telling->history, telling->state, future, waiter ? waiter->ran : 0);
}

/** The plain function that runs at event i, outside every loop and coroutine; NULL for the module's own code.
 */
static const char *function_at(const Telling *telling, uint32_t i)
{
    for (uint32_t left = 1000; i > 0 && left > 0; i--, left--) {
        if (history_kind(telling->history, i) != EV_LINE)
            continue;
        const char *function = history_event(telling->history, i).text;
        return function && function[0] != '<' ? function : NULL;
    }
    return NULL;
}

/** Has main ended, and asyncio.run is tidying up between its runs of the loop? */
static bool is_run_tidying(const Telling *telling)
{
    size_t lanes = history_lanes(telling->history);
    return telling->state->iteration > 0 && telling->state->handle == ID_NONE && lanes > 0 &&
           history_lane(telling->history, lanes - 1)->helper;
}

const char *actor_name(const Telling *telling, Text *buffer)
{
    const State *state = telling->state;
    if (state->running != ID_NONE && state->running != ID_MAIN)
        return name_of(telling, state->running, buffer);
    if (is_run_tidying(telling))
        return "asyncio.run";
    const char *function = state->handle != ID_NONE ? state->call : function_at(telling, telling->until);
    if (!function)
        return name_of(telling, ID_MAIN, buffer);
    return callback_label(function, buffer->text, sizeof buffer->text);
}

void names_count(Names *names)
{
    names->count++;
}

/** Puts the newest name behind the others. `end` when it is the last of all: "a, b" and then "a, b and c". */
static void settle(const Telling *telling, Names *names, bool end)
{
    char before[sizeof names->text];
    if (!*names->newest)
        return;
    const char *key = !*names->text        ? "why.list.one"
                      : end && names->also ? "why.list.and_also"
                      : names->also        ? "why.list.also"
                      : end                ? "why.list.and"
                                           : "why.list.comma";
    memcpy(before, names->text, sizeof before);
    Phrase phrase = phrase_start(names->text, sizeof names->text, telling->phrase.language);
    SAY(&phrase, key, {"+names", before}, {"+name", names->newest});
    *names->newest = '\0';
}

static void add(const Telling *telling, Names *names, const char *markup, bool also)
{
    names->count++;
    if (names->shown == NAMES_SHOWN ||
        strlen(names->text) + strlen(names->newest) + strlen(markup) + 32 > sizeof names->text)
        return;
    settle(telling, names, false);
    snprintf(names->newest, sizeof names->newest, "%s", markup);
    names->also = also;
    names->shown++;
}

void names_add_text(const Telling *telling, Names *names, const char *markup)
{
    add(telling, names, markup, true);
}

void names_add(const Telling *telling, Names *names, Id id)
{
    Text name;
    char bold[sizeof name.text + 5];
    if (names->shown == NAMES_SHOWN) {
        names_count(names);
        return;
    }
    snprintf(bold, sizeof bold, "**%s**", name_of(telling, id, &name));
    add(telling, names, bold, false);
}

void names_of_waiters(const Telling *telling, Id future, Names *names)
{
    for (size_t k = 0; k < telling->state->task_count; k++) {
        const TaskState *task = &telling->state->tasks[k];
        if (task->status == STATUS_WAITING && task->on == future)
            names_add(telling, names, task->id);
    }
}

const char *names_text(const Telling *telling, Names *names)
{
    settle(telling, names, names->count == names->shown);
    if (names->count == names->shown)
        return names->text;
    char shown[sizeof names->text];
    memcpy(shown, names->text, sizeof shown);
    Phrase phrase = phrase_start(names->text, sizeof names->text, telling->phrase.language);
    Number more;
    SAY(&phrase, "why.list.more", {"+names", shown},
        {"n", number_text((int64_t)(names->count - names->shown), &more)});
    names->shown = names->count;
    return names->text;
}

/** The last event of a kind about a handle before event i. */
static Event look_back(const Telling *telling, EventKind kind, Id handle, uint32_t i)
{
    for (uint32_t k = i, left = LOOK_BACK; k > 1 && left > 0; left--) {
        if (history_kind(telling->history, --k) != kind)
            continue;
        Event event = history_event(telling->history, k);
        if (event.handle == handle)
            return event;
    }
    return (Event){.kind = EV_NONE};
}

Event ready_of(const Telling *telling, Id handle, uint32_t i)
{
    uint32_t cause = history_cause(telling->history, i);
    if (cause > 0 && history_kind(telling->history, cause) == EV_READY) {
        Event event = history_event(telling->history, cause);
        if (event.handle == handle)
            return event;
    }
    return look_back(telling, EV_READY, handle, i);
}

Event timer_of(const Telling *telling, Id handle, uint32_t i)
{
    uint32_t cause = history_cause(telling->history, i);
    if (cause > 0 && history_kind(telling->history, cause) == EV_TIMER) {
        Event event = history_event(telling->history, cause);
        if (event.handle == handle)
            return event;
    }
    return look_back(telling, EV_TIMER, handle, i);
}

ReadyState entry_of(const Event *ready)
{
    return (ReadyState){.handle = ready->handle,
                        .task = ready->task,
                        .future = ready->future,
                        .what = ready->word,
                        .why = ready->why,
                        .by = ready->by,
                        .callback = ready->text2,
                        .since = ready->i};
}

/** A timer by whom it will wake. */
static const char *timer_name(const Telling *telling, const ReadyState *ready, char *buffer, size_t size)
{
    Event timer = timer_of(telling, ready->handle, ready->since);
    FutureState future = timer.future != ID_NONE ? future_of(telling, timer.future) : (FutureState){.of = ""};
    const char *callback = timer.text ? timer.text : ready->callback;
    const CallbackWords *words = words_of_callback(callback);
    Names waiters = {0};
    Text name;
    if (timer.future != ID_NONE)
        names_of_waiters(telling, timer.future, &waiters);
    Phrase phrase = phrase_start(buffer, size, telling->phrase.language);
    if (future_is(&future, "sleep") && waiters.count > 0)
        SAY(&phrase, "why.handle.sleep", {"+names", names_text(telling, &waiters)},
            {"future", future_name(telling, timer.future, &name)});
    else if (words && words->kind == CALLBACK_TIMEOUT)
        phrase_say(&phrase, words->handle, NULL, 0);
    else if (waiters.count > 0 && ends_with(callback, "_release_waiter"))
        SAY(&phrase, "why.handle.limit", {"+names", names_text(telling, &waiters)},
            {"future", future_name(telling, timer.future, &name)});
    else
        SAY(&phrase, "why.handle.timer", {"callback", callback_label(callback, name.text, sizeof name.text)});
    return buffer;
}

const char *handle_name(const Telling *telling, const ReadyState *ready, char *buffer, size_t size)
{
    if (ready->by == WORD_TIMER)
        return timer_name(telling, ready, buffer, size);
    Text future = {""}, callback;
    Phrase phrase = phrase_start(buffer, size, telling->phrase.language);
    const CallbackWords *words = words_of_callback(ready->callback);
    const char *key = ends_with(ready->callback, "_run_until_complete_cb") ? "why.handle.stop"
                      : words                                              ? words->handle
                      : ends_with(ready->callback, "_on_completion")       ? "why.handle.wait"
                                                                           : "why.handle.callback";
    SAY(&phrase, key, {"by", ready->future ? future_name(telling, ready->future, &future) : ""},
        {"callback", callback_label(ready->callback, callback.text, sizeof callback.text)});
    return buffer;
}
