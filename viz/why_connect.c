/*
 * Connections: what the loop's callbacks do for them, and what asyncio does by itself until a program hears
 * of one.
 */
#include "reading.h"
#include "why_parts.h"

#include <string.h>

bool watches_sockets(const Telling *telling)
{
    static const char *const waits[] = {"StreamReader._wait_for_data", "BaseSelectorEventLoop.sock_connect",
                                        "FlowControlMixin._drain_helper", "Server.serve_forever"};
    const State *state = telling->state;
    for (size_t k = 0; k < state->task_count; k++) {
        const TaskState *task = &state->tasks[k];
        if (task->status != STATUS_WAITING || id_kind(task->on) != 'f')
            continue;
        FutureState future = future_of(telling, task->on);
        for (size_t n = 0; n < sizeof waits / sizeof *waits; n++)
            if (future_is(&future, waits[n]))
                return true;
    }
    return false;
}

bool is_accepting(const Telling *telling, Id task)
{
    const Lane *lane = history_lane_of(telling->history, task);
    return lane && lane->internal && strcmp(lane->function, "_accept_connection2") == 0;
}

/** The tasks that were made after event `from`. @return the function that they all run, NULL when they differ
 */
static const char *names_of_made(const Telling *telling, uint32_t from, Names *names)
{
    const char *function = NULL;
    for (uint32_t i = from + 1; i <= telling->until; i++) {
        if (history_kind(telling->history, i) != EV_TASK)
            continue;
        Id task = history_event(telling->history, i).task;
        const Lane *lane = history_lane_of(telling->history, task);
        const char *its = lane ? lane->function : NULL;
        function = names->count == 0 || (its && function && strcmp(its, function) == 0) ? its : NULL;
        names_add(telling, names, task);
    }
    return function;
}

static void tell_accept(Telling *telling, uint32_t run)
{
    Names made = {0};
    Number n;
    names_of_made(telling, run, &made);
    SAY(&telling->phrase,
        made.count == 0   ? "why.call.accept_none"
        : made.count == 1 ? "why.call.accept"
                          : "why.call.accept_many",
        {"n", number_text((int64_t)made.count, &n)}, {"+names", names_text(telling, &made)});
}

static void tell_made(Telling *telling, uint32_t run)
{
    Names made = {0};
    const char *function = names_of_made(telling, run, &made);
    SAY(&telling->phrase, made.count == 1 && function ? "why.call.made_task" : "why.call.made",
        {"function", function}, {"+names", names_text(telling, &made)});
}

static void tell_read(Telling *telling, uint32_t run)
{
    uint32_t done = telling->last[EV_DONE];
    const char *key = reading_met_data(telling->history, run, telling->until) ? "why.call.read"
                      : done > run && reading_met_end(telling->history, done) ? "why.call.read_end"
                                                                              : "why.call.read_either";
    phrase_say(&telling->phrase, key, NULL, 0);
}

bool tell_connection(Telling *telling, uint32_t run, const CallbackWords *words)
{
    switch (words ? words->kind : CALLBACK_OTHER) {
    case CALLBACK_ACCEPT:
        tell_accept(telling, run);
        return true;
    case CALLBACK_MADE:
        tell_made(telling, run);
        return true;
    case CALLBACK_READ:
        tell_read(telling, run);
        return true;
    default:
        return false;
    }
}

bool is_connecting(const Telling *telling)
{
    if (telling->from == 0 || telling->count[EV_RUN] < 2 || tell_has(telling, EV_ITERATION) ||
        tell_has(telling, EV_LINE) || history_kind(telling->history, telling->from) != EV_BATCH)
        return false;
    for (uint32_t i = telling->from + 1; i <= telling->until; i++) {
        if (history_kind(telling->history, i) != EV_RUN)
            continue;
        Event run = history_event(telling->history, i);
        Event ready = run.task == ID_NONE ? ready_of(telling, run.handle, i) : (Event){.kind = EV_NONE};
        const CallbackWords *words = words_of_callback(ready.text2);
        if (run.task == ID_NONE && !is_callback_of_connecting(words))
            return false;
    }
    return true;
}

void tell_connecting(Telling *telling)
{
    Names made = {0}, woken = {0};
    Number n;
    const char *function = names_of_made(telling, telling->from, &made);
    for (uint32_t i = telling->from + 1; i <= telling->until; i++) {
        Event event = history_kind(telling->history, i) == EV_READY ? history_event(telling->history, i)
                                                                    : (Event){.kind = EV_NONE};
        if (event.word == WORD_WAKEUP)
            names_add(telling, &woken, event.task);
    }
    SAY(&telling->phrase, "why.connecting", {"n", number_text(telling->count[EV_RUN], &n)});
    if (made.count > 0)
        SAY(&telling->phrase,
            made.count == 1 ? "why.connecting.made_one"
            : function      ? "why.connecting.made"
                            : "why.connecting.made_plain",
            {"function", function}, {"+names", names_text(telling, &made)});
    if (woken.count > 0)
        SAY(&telling->phrase, "why.call.wakes", {"+names", names_text(telling, &woken)});
}
