/*
 * Who becomes ready, and by what: a task is created, a future has its result, something is cancelled.
 */
#include "why_parts.h"

#include <string.h>

/** Who wraps a coroutine in a task by itself, as far as the line says that made it; NULL: create_task, or not
 * known. */
static const char *wrapper_of(const char *line)
{
    static const char *const wrappers[] = {"gather", "as_completed", "wait_for", "shield", "ensure_future"};
    for (size_t k = 0; line && k < sizeof wrappers / sizeof *wrappers; k++) {
        const char *at = strstr(line, wrappers[k]);
        if (at && at[strlen(wrappers[k])] == '(' && !strstr(line, "create_task("))
            return wrappers[k];
    }
    return NULL;
}

void tell_created(Telling *telling)
{
    Event task = history_event(telling->history, telling->last[EV_TASK]);
    Text name, by, code;
    const char *line = code_of(telling->history, task.source, task.line, &code), *wrapper = wrapper_of(line);
    bool first = telling->state->running == ID_NONE || telling->state->running == ID_MAIN;
    const char *key = first                                   ? "why.created.first"
                      : wrapper                               ? "why.created.wrapped"
                      : !line || strstr(line, "create_task(") ? "why.created"
                                                              : "why.created.plain";
    SAY(&telling->phrase, key, {"task", name_of(telling, task.task, &name)}, {"by", actor_name(telling, &by)},
        {"wrapper", wrapper});
}

/** What the `ready` events of the range wake: tasks by name, callbacks by number; and the last one. */
static Event woken_in(const Telling *telling, Names *names, size_t *callbacks)
{
    Event last = {.kind = EV_NONE};
    for (uint32_t k = telling->from + 1; k <= telling->until; k++) {
        if (history_kind(telling->history, k) != EV_READY)
            continue;
        last = history_event(telling->history, k);
        if (last.word == WORD_WAKEUP)
            names_add(telling, names, last.task);
        else
            ++*callbacks;
    }
    return last;
}

/** A task's body has come to its end, and the task itself has not left yet. */
static const char *ends_text(const Telling *telling, const Event *done, char *buffer, size_t size)
{
    Text name;
    Phrase phrase = phrase_start(buffer, size, telling->phrase.language);
    const char *key = done->word == WORD_FAILED      ? "why.ends.failed"
                      : done->word == WORD_CANCELLED ? "why.ends.cancelled"
                                                     : "why.ends.done";
    SAY(&phrase, key, {"by", name_of(telling, done->future, &name)});
    return buffer;
}

/** A future is done, and that made something ready. */
static void tell_woken(Telling *telling, const Event *done)
{
    Names names = {0};
    size_t callbacks = 0;
    Event ready = woken_in(telling, &names, &callbacks);
    Text by, its;
    bool end = done->future == telling->state->running;
    bool stop = ends_with(ready.text2, "_run_until_complete_cb"),
         wait = ends_with(ready.text2, "_on_completion");
    FutureState future = future_of(telling, done->future);
    const FutureWords *words = words_for(telling, done->future, ready.task);
    const TaskState *waiter = state_task(telling->state, ready.task);
    const CallbackWords *callback = words_of_callback(ready.text2);
    const char *key = end && names.count > 0               ? "why.wake.end"
                      : end && callback && callback->joins ? callback->joins
                      : end && wait                        ? "why.wake.end_wait"
                      : end && stop                        ? "why.wake.end_stop"
                      : end                                ? "why.wake.end_callback"
                      : names.count == 0 && done->word == WORD_CANCELLED
                          ? callbacks > 1 ? "why.wake.cancelled_callbacks" : "why.wake.cancelled_callback"
                      : names.count == 0                            ? "why.wake.callback"
                      : done->word == WORD_CANCELLED                ? "why.wake.cancelled"
                      : done->word == WORD_FAILED                   ? "why.wake.failed"
                      : words && words->wakes                       ? words->wakes
                      : future_is(&future, "user") || !future.of[0] ? "why.wake.set"
                                                                    : "why.wake.other";
    Text name;
    Number n;
    char ends[sizeof name.text + 80];
    SAY(&telling->phrase, key, {"+ends", ends_text(telling, done, ends, sizeof ends)},
        {"future", awaited_name(telling, done->future, waiter ? waiter->ran : 0, &name)},
        {"by", actor_name(telling, &by)}, {"+names", names_text(telling, &names)}, {"value", done->text},
        {"n", number_text((int64_t)callbacks, &n)},
        {"callback", callback_label(ready.text2, its.text, sizeof its.text)});
}

/** One `ready` by itself, or several without a `done`. */
static void tell_joins(Telling *telling, const Event *ready)
{
    Names names = {0};
    ReadyState entry = entry_of(ready);
    char callback[400];
    if (ready->task != ID_NONE)
        names_add(telling, &names, ready->task);
    else
        names_add_text(telling, &names, handle_name(telling, &entry, callback, sizeof callback));
    Text by;
    bool lost = telling->state->running != ID_NONE && ends_with(ready->text2, "_call_connection_lost");
    const char *key = lost                       ? "why.event.ready_lost"
                      : ready->why == WORD_YIELD ? "why.event.ready_again"
                      : ready->by == WORD_TIMER  ? "why.event.ready_timer"
                      : ready->by == WORD_IO     ? "why.event.ready_io"
                      : ready->by == WORD_THREAD ? "why.event.ready_thread"
                                                 : "why.event.ready";
    SAY(&telling->phrase, key, {"+names", names_text(telling, &names)}, {"by", actor_name(telling, &by)});
}

void tell_ready(Telling *telling)
{
    Event ready = history_event(telling->history, telling->last[EV_READY]);
    uint32_t done = telling->last[EV_DONE];
    if (done == 0 && (ready.word == WORD_WAKEUP || ready.word == WORD_CALLBACK)) {
        uint32_t cause = history_cause(telling->history, ready.i);
        if (cause > 0 && history_kind(telling->history, cause) == EV_DONE)
            done = cause;
    }
    if (done > 0 && telling->state->handle != ID_NONE && telling->state->running != ID_NONE) {
        Event event = history_event(telling->history, done);
        tell_woken(telling, &event);
    } else {
        tell_joins(telling, &ready);
    }
}

/** The tasks that were cancelled together, when each of them was woken by it: asyncio.run's last act. */
static bool are_woken_together(const Telling *telling, Names *names)
{
    for (uint32_t k = telling->from + 1; k <= telling->until; k++) {
        if (history_kind(telling->history, k) != EV_CANCEL)
            continue;
        Event cancel = history_event(telling->history, k);
        const TaskState *task = state_task(telling->state, cancel.task);
        if (cancel.word != WORD_WAITER || !task || task->status != STATUS_READY)
            return false;
        names_add(telling, names, cancel.task);
    }
    return names->count > 1;
}

/** What the task was waiting for when it was cancelled: the first to be cancelled with it. */
static const char *cancelled_wait(const Telling *telling, const Event *cancel, Text *buffer)
{
    const TaskState *task = state_task(telling->state, cancel->task);
    for (uint32_t k = cancel->i + 1; k <= telling->until; k++)
        if (history_kind(telling->history, k) == EV_DONE)
            return awaited_name(telling, history_event(telling->history, k).future, task ? task->ran : 0,
                                buffer);
    return "future";
}

void tell_cancel(Telling *telling)
{
    Event cancel = history_event(telling->history, telling->first[EV_CANCEL]);
    Names names = {0};
    if (are_woken_together(telling, &names)) {
        Text who;
        SAY(&telling->phrase, "why.cancel.waiters", {"by", actor_name(telling, &who)},
            {"+names", names_text(telling, &names)});
        return;
    }
    Text by, task, waited;
    const char *key = cancel.word == WORD_WAITER     ? "why.cancel.waiter"
                      : cancel.word == WORD_CHILDREN ? "why.cancel.children"
                      : cancel.word == WORD_FLAG     ? "why.cancel.flag"
                                                     : "why.cancel.none";
    if (id_kind(cancel.task) == 'f')
        key = "why.cancel.gather";
    Number n;
    SAY(&telling->phrase, key, {"by", actor_name(telling, &by)},
        {"task", name_of(telling, cancel.task, &task)},
        {"future", cancelled_wait(telling, &cancel, &waited)});
    if (cancel.n > 1 && cancel.word != WORD_NONE)
        SAY(&telling->phrase, "why.cancel.counted", {"n", number_text(cancel.n, &n)});
}
