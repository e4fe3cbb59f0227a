/*
 * The lesson as text: for every beat a head line, the sentence, and under it who runs, who is ready, who
 * waits, and what was printed. Linear and without decoration, so that it reads well aloud; the sentence's
 * markup is taken out.
 */
#include "text.h"

#include "phrase.h"
#include "rich.h"
#include "why.h"

#include <stdlib.h>
#include <string.h>
#include <sys/param.h>

/** Room for a sentence and for a list; of a list, as many as a listener can follow are told by name. */
enum { SENTENCE = 2048, LIST = 8192, NAMED = 12 };

/** How many wait after an event: for something, and suspended by hand. */
typedef struct Waits {
    uint32_t waiting, suspended;
} Waits;

typedef struct Teller {
    FILE *out;
    const History *history;
    const Beats *beats;
    const About *about;
    Language language;
    State state;
    Waits *waits;  /* after each event, from 0 */
    uint32_t from; /* the beat before this one stopped here */
} Teller;

/* ------------------------------------------------------------------------------------------- lines ---- */

static void put_line(const Teller *teller, const char *indent, const char *text)
{
    fprintf(teller->out, "%s%s\n", indent, text);
}

/** A line of the list kind: "Ready: a (…); b (…)", and how many more there are than were told. */
static void put_list(const Teller *teller, const char *key, const Phrase *items, size_t count)
{
    char line[LIST + 128], more[LIST + 64];
    Number number;
    if (count == 0)
        return;
    Phrase all = phrase_start(more, sizeof more, teller->language);
    if (count > NAMED)
        SAY(&all, "why.list.more", {"+names", items->buffer},
            {"n", number_text((int64_t)(count - NAMED), &number)});
    Phrase phrase = phrase_start(line, sizeof line, teller->language);
    SAY(&phrase, key, {"+items", count > NAMED ? more : items->buffer});
    put_line(teller, "  ", line);
}

/** Adds "; " before every item but the first. */
static void separate(const Teller *teller, Phrase *items)
{
    if (items->length > 0)
        phrase_add(items, lang_text(teller->language, "text.separator"));
}

static const char *lane_text(const Teller *teller, Id id, char *buffer, size_t size)
{
    return id == ID_MAIN ? lang_text(teller->language, "lane.main")
                         : lane_label(teller->history, id, buffer, size);
}

/* ------------------------------------------------------------------------------------------- parts ---- */

static void put_head(const Teller *teller, size_t k)
{
    char line[160], time[32];
    Number number, n;
    Phrase phrase = phrase_start(line, sizeof line, teller->language);
    SAY(&phrase, teller->state.iteration > 0 ? "text.step" : "text.step.before",
        {"k", number_text((int64_t)k + 1, &number)},
        {"time", time_label(teller->state.ts, time, sizeof time)},
        {"n", number_text(teller->state.iteration, &n)});
    put_line(teller, "", line);
}

static void put_sentence(const Teller *teller, uint32_t stop)
{
    char sentence[SENTENCE], plain[SENTENCE];
    const char *note = teller->about
                           ? about_note(teller->about, teller->history, teller->from, stop, teller->language)
                           : NULL;
    if (!note)
        why_tell(sentence, sizeof sentence, teller->history, &teller->state, teller->from, stop,
                 teller->language);
    rich_plain(plain, sizeof plain, note ? note : sentence);
    put_line(teller, "  ", plain);
}

static void put_running(const Teller *teller)
{
    const State *state = &teller->state;
    char line[256], name[128];
    Number number;
    Phrase phrase = phrase_start(line, sizeof line, teller->language);
    if (state->running != ID_NONE) {
        const TaskState *task = state_task(state, state->running);
        uint32_t at = task ? task->line : state->line;
        SAY(&phrase, at > 0 ? "text.running.line" : "text.running",
            {"task", lane_text(teller, state->running, name, sizeof name)},
            {"line", number_text(at, &number)});
    } else if (state->handle != ID_NONE && state->call) {
        SAY(&phrase, "text.callback", {"callback", callback_label(state->call, name, sizeof name)});
    } else {
        return;
    }
    put_line(teller, "  ", line);
}

static void put_ready(const Teller *teller)
{
    const State *state = &teller->state;
    char list[LIST], name[128], why[192];
    Phrase items = phrase_start(list, sizeof list, teller->language);
    for (size_t k = 0; k < state->ready_count && k < NAMED; k++) {
        const ReadyState *ready = &state->ready[k];
        ready_label(teller->history, state, ready, teller->language, why, sizeof why);
        separate(teller, &items);
        if (ready->task != ID_NONE)
            SAY(&items, "text.ready.item", {"task", lane_text(teller, ready->task, name, sizeof name)},
                {"why", why});
        else
            phrase_add(&items, why);
    }
    put_list(teller, "text.ready", &items, state->ready_count);
    if (state->ready_count == 0 && state->iteration > 0 && !state->closed)
        put_line(teller, "  ", lang_text(teller->language, "text.ready.none"));
}

/** One waiting task, with how long or how many still. */
static void say_waiting(const Teller *teller, const TaskState *task, Phrase *items)
{
    char name[128], what[160], left[96], rest[96] = "";
    FutureState future = state_future(&teller->state, teller->history, task->on);
    if (future.kid_count > 1)
        rest_label(teller->history, &teller->state, &future, teller->language, rest, sizeof rest);
    const char *key = future.has_timer ? "text.waiting.timer"
                      : rest[0]        ? "text.waiting.kids"
                                       : "text.waiting.item";
    separate(teller, items);
    SAY(items, key, {"task", lane_text(teller, task->id, name, sizeof name)},
        {"future", awaited_label(teller->history, &teller->state, task->on, task->ran, what, sizeof what)},
        {"left", left_label(future.when, teller->state.ts, teller->language, left, sizeof left)},
        {"rest", rest});
}

/** One timer in whose place nobody waits, with how long still. */
static void say_timer(const Teller *teller, const TimerState *timer, Phrase *items)
{
    char what[160], left[96];
    separate(teller, items);
    SAY(items, id_kind(timer->future) == 't' ? "text.waiting.limit" : "text.waiting.call",
        {"timer", timer_label(teller->history, timer, teller->language, what, sizeof what)},
        {"left", left_label(timer->when, teller->state.ts, teller->language, left, sizeof left)});
}

/** Counts who waits after each event, all at once: at every beat anew it would be the more the longer.
 * @return false when out of memory */
static bool count_waits(Teller *teller)
{
    uint32_t count = history_count(teller->history);
    Waits *waits = teller->waits = calloc((size_t)count + 2, sizeof *waits);
    if (!waits)
        return false;
    for (size_t lane = 0; lane < history_lanes(teller->history); lane++) {
        const Span *spans;
        for (size_t n = history_spans(teller->history, lane, &spans); n-- > 0; spans++) {
            if (spans->status != STATUS_WAITING)
                continue;
            Waits *from = &waits[spans->from], *until = &waits[MIN(spans->until, count + 1)];
            uint32_t *more = spans->on != ID_NONE ? &from->waiting : &from->suspended;
            uint32_t *less = spans->on != ID_NONE ? &until->waiting : &until->suspended;
            ++*more;
            --*less; /* round zero; the sums are right again */
        }
    }
    for (uint32_t i = 1; i <= count; i++) {
        waits[i].waiting += waits[i - 1].waiting;
        waits[i].suspended += waits[i - 1].suspended;
    }
    return true;
}

static void put_waiting(const Teller *teller)
{
    const Waits *count = &teller->waits[teller->state.i];
    char waits[LIST], holds[LIST], name[128];
    uint32_t waiting = 0, suspended = 0;
    Phrase on = phrase_start(waits, sizeof waits, teller->language);
    Phrase held = phrase_start(holds, sizeof holds, teller->language);
    for (size_t k = 0; k < teller->state.task_count; k++) {
        const TaskState *task = &teller->state.tasks[k];
        if (waiting == MIN(count->waiting, NAMED) && suspended == MIN(count->suspended, NAMED))
            break;
        if (task->status != STATUS_WAITING)
            continue;
        if (task->on != ID_NONE) {
            if (waiting < NAMED) {
                waiting++;
                say_waiting(teller, task, &on);
            }
        } else if (suspended < NAMED) {
            suspended++;
            separate(teller, &held);
            phrase_add(&held, lane_text(teller, task->id, name, sizeof name));
        }
    }
    const State *state = &teller->state;
    for (size_t k = 0, alone = 0; alone < state->timers_alone && waiting < NAMED; k++)
        if (timer_is_alone(&state->timers[k])) {
            alone++;
            waiting++;
            say_timer(teller, &state->timers[k], &on);
        }
    put_list(teller, "text.waiting", &on, count->waiting + state->timers_alone);
    put_list(teller, "text.suspended", &held, count->suspended);
}

/** What the loop's exception handler was told. */
static void put_report(const Teller *teller, uint32_t i)
{
    char line[SENTENCE];
    Event event = history_event(teller->history, i);
    Phrase phrase = phrase_start(line, sizeof line, teller->language);
    SAY(&phrase, event.text2 ? "text.report.exception" : "text.report", {"message", event.text},
        {"text", event.text2});
    put_line(teller, "  ", line);
}

/** What was printed since the last beat, line by line, uncut. */
static void put_output(const Teller *teller, uint32_t stop)
{
    for (uint32_t i = teller->from + 1; i <= stop; i++) {
        EventKind kind = history_kind(teller->history, i);
        if (kind == EV_EXCEPTION)
            put_report(teller, i);
        if (kind != EV_OUTPUT)
            continue;
        Event event = history_event(teller->history, i);
        const char *template = lang_text(teller->language, event.n == 2 ? "text.error" : "text.output");
        int label = (int)strcspn(template, "{");
        for (const char *at = event.text; at && *at;) {
            int length = (int)strcspn(at, "\n");
            fprintf(teller->out, "  %.*s%.*s\n", label, template, length, at);
            at += length + (at[length] == '\n');
        }
    }
}

/* -------------------------------------------------------------------------------------------- whole ---- */

/** That it is not asyncio's order, if it is not. */
static void put_schedule(const Teller *teller)
{
    char line[256];
    const char *schedule = history_schedule(teller->history);
    if (!schedule)
        return;
    Phrase phrase = phrase_start(line, sizeof line, teller->language);
    SAY(&phrase, "text.schedule", {"schedule", schedule});
    put_line(teller, "", line);
}

static void put_title(const Teller *teller)
{
    const char *title = teller->about ? about_title(teller->about, teller->language) : NULL;
    const char *summary = teller->about ? about_summary(teller->about, teller->language) : NULL;
    if (title && *title)
        put_line(teller, "", title);
    if (summary && *summary)
        put_line(teller, "", summary);
    put_schedule(teller);
    if (title && *title)
        fputc('\n', teller->out);
    const char *note =
        teller->about ? about_note(teller->about, teller->history, 0, 0, teller->language) : NULL;
    if (note) {
        char plain[SENTENCE];
        rich_plain(plain, sizeof plain, note);
        put_line(teller, "", plain);
        fputc('\n', teller->out);
    }
}

static bool put_beat(Teller *teller, size_t k)
{
    uint32_t stop = beats_stop(teller->beats, k);
    if (!state_at(&teller->state, teller->history, stop))
        return false;
    put_head(teller, k);
    put_sentence(teller, stop);
    put_running(teller);
    put_ready(teller);
    put_waiting(teller);
    put_output(teller, stop);
    teller->from = stop;
    return true;
}

/** How it ended: by its last event, or that there is none. */
static bool put_end(Teller *teller)
{
    char sentence[SENTENCE], plain[SENTENCE], line[SENTENCE + 32];
    uint32_t count = history_count(teller->history);
    if (!state_at(&teller->state, teller->history, count))
        return false;
    if (count > 0 && history_kind(teller->history, count) == EV_END)
        why_tell(sentence, sizeof sentence, teller->history, &teller->state, count - 1, count,
                 teller->language);
    else
        phrase_start(sentence, sizeof sentence, teller->language);
    rich_plain(plain, sizeof plain, *sentence ? sentence : lang_text(teller->language, "why.end.cut"));
    Phrase phrase = phrase_start(line, sizeof line, teller->language);
    SAY(&phrase, "text.end", {"+text", plain});
    fputc('\n', teller->out);
    put_line(teller, "", line);
    return true;
}

int text_tell(FILE *out, const History *history, const Beats *beats, const About *about, Language language)
{
    Teller teller = {.out = out, .history = history, .beats = beats, .about = about, .language = language};
    bool well = count_waits(&teller);
    put_title(&teller);
    for (size_t k = 0; k < beats_count(beats) && well; k++)
        well = put_beat(&teller, k);
    well = well && put_end(&teller);
    state_clear(&teller.state);
    free(teller.waits);
    return well && !ferror(out) ? 0 : -1;
}
