/*
 * Steps: why this task runs now, how its step ends, what a callback has done. And who is next.
 */
#include "cycle.h"
#include "why_parts.h"

#include <stdio.h>
#include <string.h>

/** How far back the beginning of a callback's run is looked for, events. */
enum { LONGEST_STEP = 10000 };

/** Why it runs, as a template's key. */
static const char *run_key(const Telling *telling, const Event *run, const Event *ready,
                           const FutureState *future)
{
    if (ready->word == WORD_STEP && run->text)
        return ready->why == WORD_START ? "why.run.never" : "why.run.throw";
    if (ready->word == WORD_STEP)
        return ready->why == WORD_START   ? "why.run.start"
               : ready->why == WORD_YIELD ? "why.run.yield"
                                          : "why.run.plain";
    if (ready->word != WORD_WAKEUP)
        return "why.run.plain";
    if (future->status == STATUS_FAILED)
        return "why.run.failed";
    if (future->status == STATUS_CANCELLED)
        return future_is(future, "TaskGroup") || future_is(future, "TaskGroup.__aexit__")
                   ? "why.run.cancelled_group"
                   : "why.run.cancelled";
    if (run->text)
        return "why.run.throw";
    if (id_kind(ready->future) == 't')
        return "why.run.task";
    if (future_is(future, "sleep"))
        return "why.run.sleep";
    if (future_is(future, "wait"))
        return "why.run.wait";
    const FutureWords *words = words_for(telling, ready->future, run->task);
    if (words)
        return words->resumes;
    return future_is(future, "user") ? "why.run.future" : "why.run.other";
}

/** The tasks that were ready at the same time and have to wait. */
static void tell_others(Telling *telling, const char *task)
{
    const State *state = telling->state;
    Names names = {0};
    for (size_t k = 0; k < state->ready_count && k + state->batch_run < state->batch; k++)
        if (state->ready[k].task != ID_NONE)
            names_add(telling, &names, state->ready[k].task);
    if (names.count > 0)
        SAY(&telling->phrase, names.count == 1 ? "why.run.wait_one" : "why.run.wait_many",
            {"+names", names_text(telling, &names)}, {"task", task});
}

/* Somebody who came before it in this iteration is still in the queue: the schedule has preferred it. */
static bool tell_chosen(Telling *telling, const Event *ready, const char *who)
{
    const State *state = telling->state;
    const char *schedule = history_schedule(telling->history);
    Text text;
    char name[400];
    bool chosen = schedule && state->ready_count > 0 && state->ready[0].since < ready->i;
    if (!chosen)
        return false;
    const ReadyState *first = &state->ready[0];
    if (first->task != ID_NONE)
        SAY(&telling->phrase, "why.run.chosen", {"schedule", schedule}, {"+who", who},
            {"first", name_of(telling, first->task, &text)});
    else
        SAY(&telling->phrase, "why.run.chosen_before_call", {"schedule", schedule}, {"+who", who},
            {"+first", handle_name(telling, first, name, sizeof name)});
    return true;
}

void tell_run(Telling *telling)
{
    Event run = history_event(telling->history, telling->last[EV_RUN]);
    if (run.task == ID_NONE) {
        tell_event(telling, run.i);
        return;
    }
    Event ready = ready_of(telling, run.handle, run.i);
    FutureState future = {.of = ""};
    if (ready.future != ID_NONE)
        future = future_of(telling, ready.future);
    Text task_text, future_text = {""};
    const char *task = name_of(telling, run.task, &task_text);
    const TaskState *runner = state_task(telling->state, run.task);
    const char *waited = ready.future != ID_NONE
                             ? awaited_name(telling, ready.future, runner ? runner->ran : 0, &future_text)
                             : "";
    bool last = telling->state->batch_run >= telling->state->batch;
    const char *key = run_key(telling, &run, &ready, &future);
    if (last && strcmp(key, "why.run.sleep") == 0)
        key = "why.run.sleep_last";
    char bold[sizeof task_text.text + 8];
    snprintf(bold, sizeof bold, "**%s**", task);
    if (!tell_chosen(telling, &ready, bold))
        SAY(&telling->phrase, key, {"task", task}, {"future", waited}, {"by", waited},
            {"value", run.text ? run.text : future.value});
    bool prints = tell_has(telling, EV_OUTPUT);
    if (!prints && !tell_has(telling, EV_ENTER))
        tell_way(telling, &run);
    if (ready.word == WORD_WAKEUP || !prints)
        tell_others(telling, task);
    if (prints)
        SAY(&telling->phrase, "why.run.printed", {"task", task},
            {"text", history_event(telling->history, telling->first[EV_OUTPUT]).text});
    if (tell_has(telling, EV_ENTER))
        tell_enter(telling);
    else if (prints)
        tell_line_behind(telling, telling->last[EV_OUTPUT]);
}

static void tell_next(Telling *telling)
{
    const State *state = telling->state;
    if (state->iteration == 0)
        return;
    Text text;
    char name[400];
    size_t next = state_next_ready(state, telling->history);
    bool more = state->batch_run < state->batch && next < state->ready_count;
    if (more && state->ready[next].task != ID_NONE)
        SAY(&telling->phrase, "why.next.task", {"task", name_of(telling, state->ready[next].task, &text)});
    else if (more)
        SAY(&telling->phrase, "why.next.callback",
            {"+callback", handle_name(telling, &state->ready[next], name, sizeof name)});
    else
        phrase_say(&telling->phrase, "why.next.end", NULL, 0);
}

/** A task wants a lock that is taken. */
static const char *const lock_keys[] = {
    [GIVER_UNKNOWN] = "why.ran.lock",
    [GIVER_HAS_IT] = "why.ran.lock_held",
    [GIVER_IN_LINE] = "why.ran.lock_behind",
};

/** Of what more can be told when the trace has it. */
static const char *waiting_key(const FutureWords *words, const FutureState *future, size_t kids, Giver giver)
{
    if (strcmp(words->suspends, "why.ran.gather") == 0 && kids < 2)
        return kids == 0 ? "why.ran.gather_plain" : "why.ran.gather_one";
    if (strcmp(words->suspends, "why.ran.wait_for") == 0 && !future->has_timer)
        return "why.ran.wait_for_plain";
    if (strcmp(words->suspends, "why.ran.lock") == 0)
        return lock_keys[giver];
    return words->suspends;
}

/** Of a wait: what it waits for, and how many of it. When that has happened already, no more is said: its
 * callback is on the way. */
static const char *wait_key(const FutureState *wait, size_t left)
{
    bool met = wait->kid_failed || (wait->until == UNTIL_FIRST && wait->kids_done > 0);
    if (met || left == 0 || wait->until == UNTIL_OTHER)
        return "why.ran.other";
    if (left == 1)
        return "why.ran.wait_one";
    return wait->until == UNTIL_FIRST       ? "why.ran.wait_first"
           : wait->until == UNTIL_EXCEPTION ? "why.ran.wait_exception"
                                            : "why.ran.wait";
}

/** What a task has cancelled in the step that ends with `ran`, to wait for its end: the trace says so, or the
 * cancel does. */
static Id cancelled_by(const Telling *telling, const Event *ran, const FutureState *future)
{
    if (future->kid_count > 0)
        return future->kids[0];
    Id target = ID_NONE;
    for (uint32_t k = ran->i, left = LONGEST_STEP; k > 1 && left > 0; left--) {
        Event event = history_event(telling->history, --k);
        if (event.kind == EV_CANCEL)
            return event.task;
        if (event.kind == EV_RUN)
            break;
        if (event.kind == EV_DONE && event.word == WORD_CANCELLED)
            target = event.future;
    }
    return target;
}

/** It as markup: a task by its name, a future by what made it. */
static const char *target_text(const Telling *telling, Id target, char *buffer, size_t size)
{
    Text name;
    const char *mark = id_kind(target) == 't' ? "**" : "`";
    snprintf(buffer, size, "%s%s%s", mark, target != ID_NONE ? future_name(telling, target, &name) : "future",
             mark);
    return buffer;
}

/** A task has suspended. */
static void tell_waiting(Telling *telling, const Event *ran, const char *task)
{
    FutureState future = future_of(telling, ran->on);
    Text on, seconds, holder;
    Names kids = {0};
    for (size_t k = 0; k < future.kid_count; k++) {
        FutureState kid = future_of(telling, future.kids[k]);
        if (kid.status == STATUS_WAITING || kid.status == STATUS_READY || kid.status == STATUS_RUNNING)
            names_add(telling, &kids, kid.id);
    }
    const FutureWords *words =
        future.status == STATUS_WAITING ? words_for(telling, ran->on, ran->task) : NULL;
    Id from = words && strcmp(words->suspends, "why.ran.lock") == 0 ? cycle_giver(telling->history, ran->on)
                                                                    : ID_NONE;
    Giver giver = cycle_giver_is(telling->history, telling->state, from, ran->on);
    const char *key = id_kind(ran->on) == 't'                                          ? "why.ran.task"
                      : future_is(&future, "sleep") && future.when > future.timer_from ? "why.ran.sleep"
                      : future_is(&future, "wait") ? wait_key(&future, kids.count)
                      : future_is(&future, "user") && future.status == STATUS_WAITING ? "why.ran.future"
                      : words ? waiting_key(words, &future, kids.count, giver)
                              : "why.ran.other";
    const char *name = awaited_name(telling, ran->on, ran->i, &on);
    bool cancels = strcmp(key, "why.ran.cancelling") == 0;
    Id target = cancels ? cancelled_by(telling, ran, &future) : ID_NONE;
    char its[sizeof on.text + 8];
    SAY(&telling->phrase, key, {"task", task}, {"future", name}, {"on", name},
        {"from", from != ID_NONE ? name_of(telling, from, &holder) : ""},
        {"+target", target_text(telling, target, its, sizeof its)},
        {"seconds",
         seconds_label(telling->history, future.when - future.timer_from, seconds.text, sizeof seconds.text)},
        {"+names", names_text(telling, &kids)});
}

/** How the failure of a task is told: whose callback, in the queue by now, will collect the exception. */
static const char *failed_key(const Telling *telling, Id task)
{
    static const struct {
        const char *callback, *key;
    } collects[] = {{"_run_until_complete_cb", "why.ran.failed_run"},
                    {"TaskGroup._on_task_done", "why.ran.failed_group"},
                    {"gather._done_callback", "why.ran.failed_gather"}};
    const State *state = telling->state;
    for (size_t k = 0; k < state->ready_count; k++)
        for (size_t c = 0; c < sizeof collects / sizeof *collects; c++)
            if (state->ready[k].future == task && ends_with(state->ready[k].callback, collects[c].callback))
                return collects[c].key;
    return "why.ran.failed";
}

void tell_ran(Telling *telling)
{
    Event ran = history_event(telling->history, telling->last[EV_RAN]);
    Text text;
    const char *task = name_of(telling, ran.task, &text);
    bool none = !ran.text || strcmp(ran.text, "None") == 0;
    switch (ran.word) {
    case WORD_WAITING:
        tell_waiting(telling, &ran, task);
        break;
    case WORD_READY:
        SAY(&telling->phrase, "why.ran.ready", {"task", task});
        break;
    case WORD_FAILED:
        SAY(&telling->phrase, failed_key(telling, ran.task), {"task", task}, {"value", ran.text});
        break;
    case WORD_CANCELLED:
        SAY(&telling->phrase, "why.ran.cancelled", {"task", task});
        break;
    default:
        if (is_accepting(telling, ran.task))
            SAY(&telling->phrase, "why.ran.accepted", {"task", task});
        else
            SAY(&telling->phrase, none ? "why.ran.none" : "why.ran.done", {"task", task},
                {"value", ran.text});
        break;
    }
    tell_next(telling);
}

/* --------------------------------------------------------------------------------------- callbacks ---- */

/** How many completions the wait or gather that has this kid still needs; -1 when none is found.
 * @param callback the end of the name of what counts them */
static long wait_left(const Telling *telling, Id kid, const char *of, const char *callback)
{
    const State *state = telling->state;
    for (size_t k = 0; k < state->task_count; k++) {
        if (state->tasks[k].status != STATUS_WAITING || id_kind(state->tasks[k].on) != 'f')
            continue;
        FutureState wait = future_of(telling, state->tasks[k].on);
        bool mine = false;
        long left = 0;
        for (size_t n = 0; n < wait.kid_count; n++) {
            mine |= wait.kids[n] == kid;
            Status status = future_of(telling, wait.kids[n]).status;
            left += status != STATUS_DONE && status != STATUS_FAILED && status != STATUS_CANCELLED;
            for (size_t q = 0; q < state->ready_count; q++)
                left += state->ready[q].what == WORD_CALLBACK && state->ready[q].future == wait.kids[n] &&
                        ends_with(state->ready[q].callback, callback);
        }
        if (mine && future_is(&wait, of))
            return left;
    }
    return -1;
}

/** The first event of a kind in a callback's run; of kind EV_NONE when it has none. */
static Event first_in(const Telling *telling, const Event *run, EventKind kind)
{
    for (uint32_t k = run->i + 1; k <= telling->until; k++)
        if (history_kind(telling->history, k) == kind)
            return history_event(telling->history, k);
    return (Event){.kind = EV_NONE};
}

static void tell_wakes(Telling *telling, Names *woken)
{
    if (woken->count > 0)
        SAY(&telling->phrase, "why.call.wakes", {"+names", names_text(telling, woken)});
}

/** The time is up: whose? */
static void tell_timeout(Telling *telling, const Event *run, Names *woken)
{
    Event cancel = first_in(telling, run, EV_CANCEL);
    Text task;
    const char *key = cancel.kind == EV_NONE     ? "why.call.timeout_plain"
                      : cancel.word == WORD_FLAG ? "why.call.timeout_noted"
                                                 : "why.call.timeout";
    SAY(&telling->phrase, key, {"task", cancel.kind != EV_NONE ? name_of(telling, cancel.task, &task) : ""});
    tell_wakes(telling, woken);
}

static void tell_timer(Telling *telling, const Event *run, const Event *ready, Names *woken)
{
    Event timer = timer_of(telling, ready->handle, ready->i);
    const char *callback = timer.text ? timer.text : ready->text2;
    Text name, its;
    FutureState future = {.of = ""};
    if (timer.future != ID_NONE)
        future = future_of(telling, timer.future);
    const CallbackWords *words = words_of_callback(callback);
    if (words && words->kind == CALLBACK_TIMEOUT) {
        tell_timeout(telling, run, woken);
        return;
    }
    const char *key = woken->count == 0                        ? "why.call.timer"
                      : future_is(&future, "sleep")            ? "why.call.sleep"
                      : ends_with(callback, "_release_waiter") ? "why.call.wait_for_timer"
                                                               : "why.call.timer_wakes";
    SAY(&telling->phrase, key, {"+names", names_text(telling, woken)},
        {"future", timer.future ? future_name(telling, timer.future, &name) : ""},
        {"callback", callback_label(callback, its.text, sizeof its.text)});
}

/** A child of a gather has ended. */
static const char *gather_key(const Telling *telling, const Event *run, Id kid, const Names *woken,
                              long *left)
{
    Event done = first_in(telling, run, EV_DONE);
    *left = woken->count > 0 ? 0 : wait_left(telling, kid, "gather", "_done_callback");
    if (woken->count == 0 && done.kind != EV_NONE && first_in(telling, run, EV_READY).kind != EV_NONE)
        return "why.call.gather_done";
    if (woken->count == 0)
        return *left > 0 ? "why.call.gather_left" : "why.call.gather";
    return done.word == WORD_FAILED      ? "why.call.gather_failed"
           : done.word == WORD_CANCELLED ? "why.call.gather_cancelled"
                                         : "why.call.gather_over";
}

/** A task of a group has ended; when it has failed, the group cancels the others, and its parent. */
static const char *group_key(const Telling *telling, const Event *run, const Names *woken, Names *cancelled)
{
    for (uint32_t k = run->i + 1; k <= telling->until; k++)
        if (history_kind(telling->history, k) == EV_CANCEL)
            names_add(telling, cancelled, history_event(telling->history, k).task);
    return cancelled->count > 0 ? "why.call.group_failed"
           : woken->count > 0   ? "why.call.group_over"
                                : "why.call.group";
}

/** What asyncio's own callback has done. */
static void tell_own_callback(Telling *telling, const Event *run, const Event *ready,
                              const CallbackWords *words, Names *woken)
{
    Text by;
    Number number;
    Names cancelled = {0};
    long left = 0;
    const char *key = words->kind == CALLBACK_GATHER  ? gather_key(telling, run, ready->future, woken, &left)
                      : words->kind == CALLBACK_GROUP ? group_key(telling, run, woken, &cancelled)
                      : woken->count > 0              ? words->woke
                                                      : words->called;
    FutureState future = ready->future != ID_NONE ? future_of(telling, ready->future) : (FutureState){0};
    bool shields = future.kid_count > 0 && strcmp(key, "why.call.shield_outer") == 0;
    Text task = {""};
    if (shields)
        key = future_of(telling, future.kids[0]).status == STATUS_WAITING ? "why.call.shield_outer_of"
                                                                          : "why.call.shield_outer_done";
    SAY(&telling->phrase, key,
        {"by", ready->future != ID_NONE ? future_name(telling, ready->future, &by) : ""},
        {"task", shields ? future_name(telling, future.kids[0], &task) : ""},
        {"n", number_text(left, &number)},
        {"+names", names_text(telling, cancelled.count > 0 ? &cancelled : woken)});
}

/** The callback of something that is done. */
static void tell_done_callback(Telling *telling, const Event *run, const Event *ready, Names *woken)
{
    const CallbackWords *words = words_of_callback(ready->text2);

    Text by, its;
    Number number;
    const char *future = future_name(telling, ready->future, &by);
    if (ends_with(ready->text2, "_run_until_complete_cb")) {
        uint32_t loop = telling->last[EV_LOOP];
        bool stopped = loop && history_event(telling->history, loop).word == WORD_RETURN;
        SAY(&telling->phrase, stopped ? "why.call.stopped" : "why.call.stop", {"by", future});
    } else if (words) {
        tell_own_callback(telling, run, ready, words, woken);
    } else if (ends_with(ready->text2, "_on_completion")) {
        long left = woken->count > 0 ? 0 : wait_left(telling, ready->future, "wait", "_on_completion");
        const char *key = woken->count > 0 ? "why.call.wait_over"
                          : left > 0       ? "why.call.wait_left"
                                           : "why.call.wait_one";
        SAY(&telling->phrase, key, {"by", future}, {"n", number_text(left, &number)},
            {"+names", names_text(telling, woken)});
    } else {
        SAY(&telling->phrase, "why.call.callback", {"future", future},
            {"callback", callback_label(ready->text2, its.text, sizeof its.text)});
        tell_wakes(telling, woken);
    }
}

/** The `run` of a handle that has returned: not far back, a step holds few events. */
static Event run_of(const Telling *telling, const Event *ran)
{
    uint32_t run = telling->last[EV_RUN];
    for (uint32_t k = ran->i, left = LONGEST_STEP; run == 0 && k > 1 && left > 0; left--)
        if (history_kind(telling->history, --k) == EV_RUN)
            run = k;
    return run ? history_event(telling->history, run) : *ran;
}

void tell_callback(Telling *telling)
{
    bool returned = tell_has(telling, EV_RAN);
    Event last = history_event(telling->history, telling->last[returned ? EV_RAN : EV_RUN]);
    Event run = returned ? run_of(telling, &last) : last;
    Event ready = ready_of(telling, last.handle, run.i);
    Names woken = {0};
    for (uint32_t k = run.i + 1; k <= telling->until; k++) {
        if (history_kind(telling->history, k) != EV_READY)
            continue;
        Event event = history_event(telling->history, k);
        if (event.word == WORD_WAKEUP)
            names_add(telling, &woken, event.task);
    }
    if (ready.word == WORD_CALLBACK) {
        tell_done_callback(telling, &run, &ready, &woken);
    } else if (ready.by == WORD_TIMER) {
        tell_timer(telling, &run, &ready, &woken);
    } else {
        Text its;
        const CallbackWords *words = words_of_callback(ready.text2);
        const char *key = words ? words->called
                          : ready.by == WORD_IO && ends_with(ready.text2, "_read_from_self")
                              ? "why.call.io_self"
                          : ready.by == WORD_IO     ? "why.call.io"
                          : ready.by == WORD_THREAD ? "why.call.thread"
                                                    : "why.call.soon";
        if (!tell_connection(telling, run.i, words))
            SAY(&telling->phrase, key, {"callback", callback_label(ready.text2, its.text, sizeof its.text)});
        tell_wakes(telling, &woken);
    }
    if (tell_has(telling, EV_OUTPUT))
        SAY(&telling->phrase, "why.call.printed",
            {"text", history_event(telling->history, telling->first[EV_OUTPUT]).text});
    if (!tell_has(telling, EV_LOOP) && telling->phrase.length > 0 && ready.word != WORD_NONE)
        tell_next(telling);
}
