/*
 * What things are called: lanes, futures, places in the queue, times. Every part of the window and every
 * sentence names them through here, so that a thing has one name wherever it is.
 */
#include "why.h"

#include "ends.h"
#include "phrase.h"
#include "reading.h"
#include "utf8.h"
#include "vocabulary.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAMED = 4 }; /* of what a wait waits for */

/* ------------------------------------------------------------------------------------------- lanes ---- */

static bool is_digits(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/** The names that asyncio itself gives: "Task-3". */
static bool is_numbered(const char *name)
{
    return strncmp(name, "Task-", 5) == 0 && is_digits(name + 5);
}

/** Which of the lanes that run the same function this one is, from 1. */
static size_t place_among_namesakes(const History *history, const Lane *lane)
{
    size_t place = 0;
    for (size_t k = 0; k < history_lanes(history); k++) {
        const Lane *other = history_lane(history, k);
        place += other->function == lane->function; /* equal texts are equal pointers */
        if (other == lane)
            break;
    }
    return place;
}

/** snprintf, but what does not fit is cut before the character that does not. */
__attribute__((format(printf, 3, 4))) static void put(char *buffer, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(buffer, size, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length < size || size == 0)
        return;
    const char *at = buffer, *end = buffer + size - 1;
    while (at < end) {
        const char *next = at;
        if (utf8_next(&next, end) == UTF8_BROKEN && end - at < 4)
            break;
        at = next;
    }
    buffer[at - buffer] = '\0';
}

/** Was it given a name, and not just a number? */
static bool has_own_name(const Lane *lane)
{
    return id_kind(lane->id) == 't' && lane->name && !is_numbered(lane->name);
}

const char *lane_label(const History *history, Id id, char *buffer, size_t size)
{
    const Lane *lane = history_lane_of(history, id);
    if (id == ID_MAIN)
        put(buffer, size, "main");
    else if (!lane || (!lane->name && !lane->coroutine))
        put(buffer, size, "%c%" PRIu32, id_kind(id), id_number(id));
    else if (history_namesakes(history, lane) <= 1 && lane->function && !has_own_name(lane))
        put(buffer, size, "%s", lane->function);
    else if (id_kind(id) == 't')
        put(buffer, size, "%s", lane->name);
    else
        put(buffer, size, "%s-%zu", lane->function, place_among_namesakes(history, lane));
    return buffer;
}

/* How a label is made short: the first is taken that tells it from all others. */
typedef enum Shortness {
    ONE_LETTER,
    TWO_LETTERS,
    FIRST_AND_LAST, /* the first letter of its first word and of its last: "producer a" is "pa" */
    SHORTNESSES,
} Shortness;

static bool parts_words(char c)
{
    return c == ' ' || c == '_' || c == '-' || c == '.' || c == '/';
}

static const char *last_word(const char *label)
{
    const char *word = label;
    for (const char *at = label; *at; at++)
        if (parts_words(at[0]) && at[1] && !parts_words(at[1]))
            word = at + 1;
    return word;
}

/** @return where so many characters end */
static const char *behind(const char *text, int count)
{
    const char *end = text + strlen(text);
    while (count-- > 0 && text < end)
        utf8_next(&text, end);
    return text;
}

/** A label's first letters, or its last digits: "m", "12". @return is it digits? */
static bool shorten(const char *label, Shortness shortness, char *buffer, size_t size)
{
    const char *end = label + strlen(label), *digits = end;
    while (digits > label && isdigit((unsigned char)digits[-1]))
        digits--;
    if (digits < end) {
        put(buffer, size, "%s", end - digits > 2 ? end - 2 : digits);
        return true;
    }
    const char *first = label + (strspn(label, "_") < strlen(label) ? strspn(label, "_") : 0);
    const char *last = last_word(first);
    int first_size = (int)(behind(first, shortness == TWO_LETTERS ? 2 : 1) - first);
    int last_size = shortness == FIRST_AND_LAST && last > first ? (int)(behind(last, 1) - last) : 0;
    put(buffer, size, "%.*s%.*s", first_size, first, last_size, last);
    return false;
}

/** Does another lane have this badge, when made short in the same way? */
static bool is_taken(const History *history, Id id, Shortness shortness, const char *badge)
{
    char other[128], its[16];
    size_t count = history_lanes(history);
    for (size_t k = 0; k < count && count <= 32; k++) {
        const Lane *next = history_lane(history, k);
        if (next->id == id || next->helper)
            continue;
        lane_label(history, next->id, other, sizeof other);
        if (!shorten(other, shortness, its, sizeof its) && strcmp(its, badge) == 0)
            return true;
    }
    return false;
}

const char *lane_badge(const History *history, Id id, char *buffer, size_t size)
{
    char label[128];
    const Lane *lane = history_lane_of(history, id);
    if (lane && lane->helper) { /* shutdown tasks are nobody's to be mistaken for */
        put(buffer, size, "%" PRIu32, id_number(id) % 100);
        return buffer;
    }
    lane_label(history, id, label, sizeof label);
    for (Shortness shortness = ONE_LETTER; shortness < SHORTNESSES; shortness++)
        if (shorten(label, shortness, buffer, size) || !is_taken(history, id, shortness, buffer))
            return buffer;
    shorten(label, TWO_LETTERS, buffer, size);
    return buffer;
}

/* ----------------------------------------------------------------------------------------- futures ---- */

/** What is known of a future at an event, when there is no state at hand. */
static FutureState future_then(const History *history, Id future, uint32_t i)
{
    State then = {.i = i, .ts = history_ts(history, i)};
    return state_future(&then, history, future);
}

/* "Lock.acquire"; what the methods of other libraries made, by the method; what a private one made, by its
 * class: "HTTP1Connection", or else it is just a future. */
static const char *shown_future(const char *of, char *buffer, size_t size)
{
    const FutureWords *words = words_of_future(of);
    const char *method = last_part(of), *class = of;
    if (words)
        return words->shown ? words->shown : words->of;
    if (method[0] != '_')
        return method;
    class += strspn(class, "_");
    if (class >= method)
        return "future";
    put(buffer, size, "%.*s", (int)(method - 1 - class), class);
    return buffer;
}

static const char *future_label(const History *history, const FutureState *future, char *buffer, size_t size)
{
    char seconds[64];
    if (id_kind(future->id) == 't' || id_kind(future->id) == 'k')
        put(buffer, size, "%s", lane_label(history, future->id, (char[128]){0}, 128));
    else if (strcmp(future->of, "sleep") == 0 && future->when > future->timer_from)
        put(buffer, size, "sleep(%s)",
            seconds_label(history, future->when - future->timer_from, seconds, sizeof seconds));
    else if (!future->of[0] || strcmp(future->of, "user") == 0)
        put(buffer, size, "future");
    else
        put(buffer, size, "%s", shown_future(future->of, seconds, sizeof seconds));
    return buffer;
}

const char *wait_label(const History *history, const State *state, Id on, char *buffer, size_t size)
{
    char label[128];
    FutureState future = state_future(state, history, on);
    if (future.created == 0) /* the timeline also names what is still to come */
        future = future_then(history, on, history_count(history));
    future.id = on;
    future_label(history, &future, label, sizeof label);
    put(buffer, size, "%s%s", id_kind(on) == 't' && !is_numbered(label) ? "task " : "", label);
    return buffer;
}

/* A function that a program would call: no dunder, nothing private, no lambda. */
static bool is_public(const char *function)
{
    const char *name = last_part(function);
    return name[0] != '_' && name[0] != '<' && function[0] != '_';
}

/* Other things of the library wait by these: a queue's join, a barrier. */
static bool is_part(const char *of)
{
    return strcmp(of, "Event.wait") == 0 || strcmp(of, "Condition.wait") == 0;
}

/* as_completed hands out what has ended through a queue of its own, of which the program sees nothing. */
static bool is_as_completed(const char *of, const char *function)
{
    return strcmp(of, "Queue.get") == 0 && strcmp(last_part(function), "_wait_for_one") == 0;
}

const char *awaited_label(const History *history, const State *state, Id on, uint32_t ran, char *buffer,
                          size_t size)
{
    FutureState future = state_future(state, history, on);
    if (future.created == 0)
        future = future_then(history, on, history_count(history));
    Event event =
        ran > 0 && ran <= history_count(history) ? history_event(history, ran) : (Event){.kind = EV_NONE};
    const FutureWords *words = words_of_future(future.of);
    bool by_call = words ? words->shown != NULL || is_part(future.of)
                         : strcmp(future.of, "sleep") != 0 && strcmp(future.of, "wait") != 0 &&
                               strcmp(future.of, "user") != 0;
    size_t own = event.chain_count;
    while (own > 0 && event.chain[own - 1].source == ID_NONE)
        own--;
    for (size_t k = own; id_kind(on) == 'f' && k < event.chain_count; k++) {
        if (is_as_completed(future.of, event.chain[k].function)) {
            put(buffer, size, "as_completed");
            return buffer;
        }
        if (!by_call || !is_public(event.chain[k].function))
            continue;
        put(buffer, size, "%s", event.chain[k].function);
        return buffer;
    }
    return wait_label(history, state, on, buffer, size);
}

const FutureWords *awaited_words(const History *history, const State *state, Id on, uint32_t ran)
{
    char called[160];
    if (id_kind(on) != 'f')
        return NULL;
    FutureState future = state_future(state, history, on);
    if (future.created == 0)
        future = future_then(history, on, history_count(history));
    const FutureWords *words = words_of_future(future.of);
    if (ran == 0)
        return words;
    if (strcmp(future.of, "StreamReader._wait_for_data") == 0)
        return words_of_read(reading_is_for_end(history, ran),
                             future.done && reading_met_end(history, future.done));
    awaited_label(history, state, on, ran, called, sizeof called);
    const FutureWords *by_call = words_of_call(called);
    if (by_call || !words || words->shown)
        return by_call ? by_call : words;
    return strcmp(called, words->of) == 0 ? words : NULL;
}

const char *wait_names(const History *history, Id on, char *buffer, size_t size)
{
    char name[128];
    size_t used = 0;
    FutureState wait = future_then(history, on, history_count(history));
    if (id_kind(on) != 'f' || strcmp(wait.of, "wait") != 0 || wait.kid_count == 0)
        return NULL;
    for (size_t k = 0; k < wait.kid_count && k < NAMED; k++) {
        FutureState kid = future_then(history, wait.kids[k], history_count(history));
        kid.id = wait.kids[k];
        put(buffer + used, size - used, "%s%s", k == 0 ? "wait(" : ", ",
            future_label(history, &kid, name, sizeof name));
        used += strlen(buffer + used);
    }
    put(buffer + used, size - used, "%s", wait.kid_count > NAMED ? ", …)" : ")");
    return buffer;
}

/* Before the last one, a first that fails makes no difference any more. What it waits for can have come to
   pass already: then the callback that tells it has not had its turn. */
static const char *rest_key(const FutureState *wait, size_t left)
{
    switch (wait->until) {
    case UNTIL_FIRST:
        return wait->kids_done > 0 ? "waiting.of_first_done" : "waiting.of_first";
    case UNTIL_EXCEPTION:
        if (wait->kid_failed)
            return "waiting.of_failed";
        if (left > 1)
            return "waiting.of_exception";
        break;
    case UNTIL_ALL:
        break;
    default:
        return NULL;
    }
    return left == 0 ? "waiting.of_none" : "waiting.of";
}

/* As the picture has it: one whose last step still runs has not ended yet. */
static FutureState wait_as_seen(const State *state, const History *history, const FutureState *wait)
{
    FutureState seen = *wait;
    bool runs = false, failed = false;
    for (size_t k = 0; k < wait->kid_count; k++)
        runs = runs || (wait->kids[k] == state->running && state->running != ID_NONE);
    if (!runs || state_future(state, history, state->running).status < STATUS_DONE)
        return seen;
    for (size_t k = 0; k < wait->kid_count; k++)
        failed = failed || (wait->kids[k] != state->running &&
                            state_future(state, history, wait->kids[k]).status == STATUS_FAILED);
    seen.kids_done--;
    seen.kid_failed = wait->kid_failed && failed;
    return seen;
}

const char *rest_label(const History *history, const State *state, const FutureState *wait, Language language,
                       char *buffer, size_t size)
{
    Number number;
    FutureState seen = wait_as_seen(state, history, wait);
    size_t left = seen.kid_count - seen.kids_done;
    const char *key = rest_key(&seen, left);
    Phrase phrase = phrase_start(buffer, size, language);
    if (key)
        SAY(&phrase, key, {"n", number_text((int64_t)left, &number)});
    return buffer;
}

const char *left_label(int64_t when, int64_t now, Language language, char *buffer, size_t size)
{
    char time[48];
    Phrase phrase = phrase_start(buffer, size, language);
    const char *key = when < now ? "waiting.overdue" : when == now ? "waiting.now" : "waiting.left";
    SAY(&phrase, key, {"time", time_label(when < now ? now - when : when - now, time, sizeof time)});
    return buffer;
}

/* timeout() sets a timer to cancel a task, whatever that waits for then; others name what they call. */
const char *timer_label(const History *history, const TimerState *timer, Language language, char *buffer,
                        size_t size)
{
    char task[96];
    Phrase phrase = phrase_start(buffer, size, language);
    if (id_kind(timer->future) == 't')
        SAY(&phrase, "waiting.limit", {"task", lane_label(history, timer->future, task, sizeof task)});
    else
        phrase_add(&phrase, timer->callback ? timer->callback : "call_later");
    return buffer;
}

/* ----------------------------------------------------------------------------------------- the queue ---- */

static const char *wakeup_key(const History *history, const State *state, const ReadyState *ready,
                              const FutureState *future)
{
    if (future->status == STATUS_CANCELLED)
        return id_kind(future->id) == 't' ? "ready.task_cancelled" : "ready.cancelled";
    if (future->status == STATUS_FAILED)
        return "ready.failed";
    if (id_kind(future->id) == 't')
        return "ready.task";
    if (strcmp(future->of, "sleep") == 0)
        return "ready.sleep";
    if (strcmp(future->of, "wait") == 0)
        return "ready.wait";
    const TaskState *waiter = state_task(state, ready->task);
    const FutureWords *words = awaited_words(history, state, ready->future, waiter ? waiter->ran : 0);
    return words ? words->queued : "ready.future";
}

static const char *callback_key(const History *history, const ReadyState *ready, const FutureState *future)
{
    if (ends_with(ready->callback, "shield._outer_done_callback") && future->kid_count > 0 &&
        future_then(history, future->kids[0], ready->since).status != STATUS_WAITING)
        return "ready.shield_over";
    if (ends_with(ready->callback, "_run_until_complete_cb"))
        return "ready.stop";
    const CallbackWords *words = words_of_callback(ready->callback);
    if (words)
        return words->queued;
    return ends_with(ready->callback, "_on_completion") ? "ready.wait_callback" : "ready.callback";
}

static const char *call_key(const ReadyState *ready, const FutureState *future)
{
    const CallbackWords *words = words_of_callback(ready->callback);
    if (ready->by == WORD_TIMER && (!words || words->kind != CALLBACK_TIMEOUT))
        return strcmp(future->of, "sleep") == 0                ? "ready.timer_sleep"
               : ends_with(ready->callback, "_release_waiter") ? "ready.timer_limit"
                                                               : "ready.timer";
    if (words)
        return words->queued;
    return ready->by == WORD_IO ? "ready.io" : ready->by == WORD_THREAD ? "ready.thread" : "ready.call";
}

static const char *ready_key(const History *history, const State *state, const ReadyState *ready,
                             const FutureState *future)
{
    switch (ready->what) {
    case WORD_STEP:
        return ready->why == WORD_START   ? "ready.start"
               : ready->why == WORD_YIELD ? "ready.yield"
                                          : "ready.throw";
    case WORD_WAKEUP:
        return wakeup_key(history, state, ready, future);
    case WORD_CALLBACK:
        return callback_key(history, ready, future);
    default:
        return call_key(ready, future);
    }
}

/** Who waits for a future; ID_NONE: nobody. */
static Id waiter_of(const State *state, Id future)
{
    for (size_t k = 0; k < state->task_count; k++)
        if (state->tasks[k].status == STATUS_WAITING && state->tasks[k].on == future)
            return state->tasks[k].id;
    return ID_NONE;
}

/** Was the cancelling of a task only noted, since it stands in the queue: its turn will begin with it? */
static bool is_to_be_cancelled(const History *history, const State *state, const ReadyState *ready)
{
    enum { FURTHEST = 4096 };
    uint32_t from = state->i - ready->since < FURTHEST ? ready->since : state->i;
    for (uint32_t i = from + 1; ready->task != ID_NONE && i <= state->i; i++) {
        if (history_kind(history, i) != EV_CANCEL)
            continue;
        Event event = history_event(history, i);
        if (event.task == ready->task && event.word == WORD_FLAG)
            return true;
    }
    return false;
}

const char *ready_label(const History *history, const State *state, const ReadyState *ready,
                        Language language, char *buffer, size_t size)
{
    char label[128] = "", task[128] = "";
    FutureState future = {.of = ""};
    if (ready->future != ID_NONE) {
        future = future_then(history, ready->future, ready->since);
        future.id = ready->future;
        future_label(history, &future, label, sizeof label);
    }
    const char *key = ready_key(history, state, ready, &future);
    Id waiter = strcmp(key, "ready.timer_sleep") == 0 ? waiter_of(state, ready->future) : ID_NONE;
    if (waiter != ID_NONE) {
        key = "ready.timer_of";
        lane_label(history, waiter, task, sizeof task);
    }
    Phrase phrase = phrase_start(buffer, size, language);
    SAY(&phrase, key, {"future", label}, {"task", task},
        {"callback", callback_label(ready->callback, (char[128]){0}, 128)});
    char *arrow = is_to_be_cancelled(history, state, ready) ? strstr(buffer, " → ") : NULL;
    if (arrow) {
        phrase = phrase_start(arrow, size - (size_t)(arrow - buffer), language);
        phrase_add(&phrase, lang_text(language, "ready.asked"));
    }
    return buffer;
}

const char *callback_label(const char *callback, char *buffer, size_t size)
{
    const char *colon = callback ? strrchr(callback, ':') : NULL;
    put(buffer, size, "%s", callback ? last_part(colon ? colon + 1 : callback) : "");
    return buffer;
}

/* ------------------------------------------------------------------------------------------- times ---- */

const char *time_label(int64_t ns, char *buffer, size_t size)
{
    bool negative = ns < 0;
    uint64_t ms = ((uint64_t)(negative ? -ns : ns) + 500000) / 1000000;
    put(buffer, size, "%s%" PRIu64 ".%03" PRIu64 " s", negative ? "-" : "", ms / 1000, ms % 1000);
    return buffer;
}

const char *seconds_label(const History *history, int64_t ns, char *buffer, size_t size)
{
    enum { FINE = 100000, COARSE = 1000000, SHORT = 10 * COARSE };
    int64_t step = ns < SHORT ? FINE : COARSE;
    bool real = !history_is_virtual(history) && ns >= FINE;
    put(buffer, size, "%.6g", (double)(real ? (ns + step / 2) / step * step : ns) / 1e9);
    return buffer;
}
