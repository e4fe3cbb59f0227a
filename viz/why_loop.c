/*
 * The loop's own doing: select, the batch, whole iterations, the shutdown of asyncio.run, stuck, the end.
 */
#include "cycle.h"
#include "why_parts.h"

#include <signal.h>
#include <string.h>

/* ----------------------------------------------------------------------------------------- opening ---- */

/** Everybody whose timer is due when the first one is; @return that timer's future */
static Id names_of_first(const Telling *telling, Names *names)
{
    const State *state = telling->state;
    for (size_t k = 0; k < state->timer_count && state->timers[k].when == state->timers[0].when; k++)
        if (state->timers[k].future != ID_NONE)
            names_of_waiters(telling, state->timers[k].future, names);
    return state->timer_count > 0 ? state->timers[0].future : ID_NONE;
}

/** Those whose timers are due together have not all asked for the same: each with what it waits for.
 * @return false when they have */
static bool names_with_sleeps(const Telling *telling, Names *names)
{
    const State *state = telling->state;
    Text first, its;
    bool differ = false;
    for (size_t k = 0; k < state->timer_count && state->timers[k].when == state->timers[0].when; k++) {
        if (state->timers[k].future == ID_NONE)
            continue;
        char text[400];
        Names waiters = {0};
        names_of_waiters(telling, state->timers[k].future, &waiters);
        if (waiters.count == 0)
            continue;
        future_name(telling, state->timers[k].future, &its);
        if (names->count == 0)
            first = its;
        differ = differ || strcmp(first.text, its.text) != 0;
        Phrase phrase = phrase_start(text, sizeof text, telling->phrase.language);
        SAY(&phrase, "why.select.its", {"future", its.text}, {"+names", names_text(telling, &waiters)});
        names_add_text(telling, names, text);
    }
    return differ;
}

/** @param early may something wake it before the time is up? */
static void tell_sleep(Telling *telling, int64_t timeout, bool early)
{
    const State *state = telling->state;
    Text seconds, name;
    Names names = {0};
    Id first = names_of_first(telling, &names);
    FutureState future = first != ID_NONE ? future_of(telling, first) : (FutureState){.of = ""};
    bool sleeps = future_is(&future, "sleep") && names.count > 0;
    const char *callback = state->timer_count > 0 ? state->timers[0].callback : NULL;
    const CallbackWords *words = words_of_callback(callback);
    const char *most = early ? lang_text(telling->phrase.language, "why.select.most") : "";
    seconds_label(telling->history, timeout, seconds.text, sizeof seconds.text);
    Names mixed = {0};
    if (sleeps && names_with_sleeps(telling, &mixed))
        SAY(&telling->phrase, "why.select.mixed", {"most", most}, {"seconds", seconds.text},
            {"+names", names_text(telling, &mixed)});
    else if (sleeps)
        SAY(&telling->phrase, names.count == 1 ? "why.select.sleep" : "why.select.sleeps", {"most", most},
            {"seconds", seconds.text}, {"future", future_name(telling, first, &name)},
            {"+names", names_text(telling, &names)});
    else if (names.count > 0 && ends_with(callback, "_release_waiter"))
        SAY(&telling->phrase, "why.select.limit", {"most", most}, {"seconds", seconds.text},
            {"future", future_name(telling, first, &name)}, {"+names", names_text(telling, &names)});
    else if (words && words->kind == CALLBACK_TIMEOUT)
        SAY(&telling->phrase, "why.select.timeout", {"most", most}, {"seconds", seconds.text});
    else if (callback)
        SAY(&telling->phrase, "why.select.call", {"most", most}, {"seconds", seconds.text},
            {"callback", callback_label(callback, name.text, sizeof name.text)});
    else
        SAY(&telling->phrase, "why.select.timer", {"most", most}, {"seconds", seconds.text});
}

/** Has another thread handed something over between these events? The I/O behind it is its knock. */
static bool is_knock(const Telling *telling, uint32_t from, uint32_t until)
{
    for (uint32_t k = from; k <= until; k++)
        if (history_kind(telling->history, k) == EV_READY &&
            history_event(telling->history, k).by == WORD_THREAD)
            return true;
    return false;
}

/** When I/O ends this select, it is not the timer that it slept for: what may wake it earlier, or NULL. */
static const char *ended_by_io(const Telling *telling, uint32_t select)
{
    long index = history_iteration_at(telling->history, select);
    uint32_t selected = index < 0 ? 0 : history_iteration(telling->history, (size_t)index)->selected;
    if (selected <= select || history_event(telling->history, selected).n == 0)
        return NULL;
    return is_knock(telling, select, selected) ? "why.select.knock" : "why.select.io";
}

/** Does a task wait for a function in another thread, whose end is told by a knock? */
static bool awaits_thread(const Telling *telling)
{
    const State *state = telling->state;
    for (size_t k = 0; k < state->task_count; k++) {
        if (state->tasks[k].status != STATUS_WAITING || id_kind(state->tasks[k].on) != 'f')
            continue;
        const FutureWords *words = words_for(telling, state->tasks[k].on, state->tasks[k].id);
        if (words && strcmp(words->waits, "waiting.thread") == 0)
            return true;
    }
    return false;
}

void tell_select(Telling *telling)
{
    Event select = history_event(telling->history, telling->last[EV_SELECT]);
    if (select.n == 0)
        phrase_say(&telling->phrase, "why.select.look", NULL, 0);
    else if (select.n < 0)
        phrase_say(&telling->phrase, "why.select.forever", NULL, 0);
    if (select.n <= 0)
        return;
    const char *earlier = ended_by_io(telling, select.i);
    if (!earlier && select.n > 0 && awaits_thread(telling))
        earlier = "why.select.knock";
    if (!earlier && watches_sockets(telling))
        earlier = "why.select.io";
    tell_sleep(telling, select.n, earlier != NULL);
    if (earlier)
        phrase_say(&telling->phrase, earlier, NULL, 0);
}

/** Of the batch, what joined at or after event `from` and before `until`: tasks by name, two callbacks, the
 * rest by number. */
static void add_batch(const Telling *telling, uint32_t from, uint32_t until, Names *names)
{
    const State *state = telling->state;
    size_t callbacks = 0;
    for (size_t k = 0; k < state->ready_count && k < state->batch; k++) {
        char name[400];
        if (state->ready[k].since < from || state->ready[k].since >= until)
            continue;
        if (state->ready[k].task != ID_NONE)
            names_add(telling, names, state->ready[k].task);
        else if (callbacks++ < 2)
            names_add_text(telling, names, handle_name(telling, &state->ready[k], name, sizeof name));
        else
            names_count(names);
    }
}

/** How many handles joined the queue since select began, by timers or by I/O. */
static uint32_t joined(const Telling *telling, uint32_t since, Word by)
{
    uint32_t count = 0;
    for (uint32_t k = since; k < telling->until; k++)
        count += history_kind(telling->history, k) == EV_READY && history_event(telling->history, k).by == by;
    return count;
}

/** asyncio.run has cancelled what was left over, and runs the loop until a gather of that is done. */
static bool is_run_for_gather(const Telling *telling)
{
    uint32_t run = telling->last[EV_LOOP], made = telling->last[EV_FUTURE];
    return run > made && made > 0 && history_event(telling->history, run).word == WORD_RUN &&
           strcmp(history_event(telling->history, made).text, "gather") == 0;
}

/** select did not wait: what stood in the queue already, and which timers have come due by now.
 * @param since the iteration's `select` */
static void tell_queue(Telling *telling, const Event *batch, uint32_t iteration, uint32_t since)
{
    Names names = {0}, due = {0};
    Number n, i;
    add_batch(telling, 0, since, &names);
    add_batch(telling, since, batch->i, &due);
    SAY(&telling->phrase,
        due.count == 0     ? batch->n == 1 ? "why.batch.one" : "why.batch.now"
        : names.count == 0 ? "why.batch.overdue"
                           : "why.batch.due",
        {"i", number_text(iteration, &i)}, {"+names", names_text(telling, &names)},
        {"+due", names_text(telling, &due)}, {"n", number_text(batch->n, &n)});
}

void tell_batch(Telling *telling)
{
    Event batch = history_event(telling->history, telling->last[EV_BATCH]);
    long index = history_iteration_at(telling->history, batch.i);
    Iteration iteration = index < 0 ? (Iteration){0} : *history_iteration(telling->history, (size_t)index);
    uint32_t since = iteration.select ? iteration.select : telling->from + 1;
    uint32_t timers = joined(telling, since, WORD_TIMER), io = joined(telling, since, WORD_IO);
    Number n;
    Text seconds;
    if (is_run_for_gather(telling))
        phrase_say(&telling->phrase, "why.batch.gather", NULL, 0);
    if (batch.n == 0)
        phrase_say(&telling->phrase, "why.batch.idle", NULL, 0);
    else if (iteration.idle > 0 && timers > 0)
        SAY(&telling->phrase, timers == 1 ? "why.batch.woke_one" : "why.batch.woke",
            {"seconds", seconds_label(telling->history, iteration.idle, seconds.text, sizeof seconds.text)},
            {"n", number_text(timers, &n)});
    else if (io == 1 && is_knock(telling, since, batch.i))
        phrase_say(&telling->phrase, "why.batch.knock", NULL, 0);
    else if (io > 0)
        SAY(&telling->phrase, io == 1 ? "why.batch.io_one" : "why.batch.io", {"n", number_text(io, &n)});
    else
        tell_queue(telling, &batch, iteration.n, since);
}

/* -------------------------------------------------------------------------------------- iterations ---- */

void tell_rounds(Telling *telling)
{
    Names ran = {0}, ended = {0}, woken = {0};
    for (uint32_t k = telling->from + 1; k <= telling->until; k++) {
        EventKind kind = history_kind(telling->history, k);
        if (kind != EV_RAN && kind != EV_READY)
            continue;
        Event event = history_event(telling->history, k);
        if (kind == EV_READY && event.word == WORD_WAKEUP)
            names_add(telling, &woken, event.task);
        if (kind == EV_READY)
            continue;
        if (event.task == ID_NONE)
            continue;
        names_add(telling, &ran, event.task);
        if (event.word == WORD_DONE || event.word == WORD_FAILED || event.word == WORD_CANCELLED)
            names_add(telling, &ended, event.task);
    }
    long first = history_iteration_at(telling->history, telling->first[EV_RAN]);
    long last = history_iteration_at(telling->history, telling->last[EV_RAN]);
    if (first < 0 || last < 0)
        return;
    const Iteration *from = history_iteration(telling->history, (size_t)first);
    const Iteration *until = history_iteration(telling->history, (size_t)last);
    Number i, to, n;
    Text seconds;
    SAY(&telling->phrase,
        first != last    ? "why.round.many"
        : from->idle > 0 ? "why.round.idle"
                         : "why.round",
        {"i", number_text(from->n, &i)}, {"last", number_text(until->n, &to)},
        {"n", number_text(telling->count[EV_RAN], &n)},
        {"seconds", seconds_label(telling->history, from->idle, seconds.text, sizeof seconds.text)});
    if (ran.count > ended.count)
        SAY(&telling->phrase, "why.round.tasks", {"+names", names_text(telling, &ran)});
    if (ended.count > 0)
        SAY(&telling->phrase, "why.round.ended", {"+names", names_text(telling, &ended)});
    if (woken.count > 0)
        SAY(&telling->phrase, "why.round.woken", {"+names", names_text(telling, &woken)});
}

void tell_helper(Telling *telling)
{
    Event task = history_event(telling->history, telling->first[EV_TASK]);
    Text name;
    bool brief = telling->count[EV_ITERATION] <= 2; /* nothing to close, no thread to wait for */
    const char *key = ends_with(task.text2, "shutdown_asyncgens")
                          ? brief ? "why.helper.asyncgens" : "why.helper.asyncgens_long"
                      : ends_with(task.text2, "shutdown_default_executor")
                          ? brief ? "why.helper.executor" : "why.helper.executor_used"
                          : "why.round.helper";
    SAY(&telling->phrase, key, {"task", name_of(telling, task.task, &name)});
}

/* --------------------------------------------------------------------------------------------- end ---- */

static void tell_cycle(Telling *telling, const Cycle *cycle)
{
    char waits[1600];
    Phrase phrase = phrase_start(waits, sizeof waits, telling->phrase.language);
    for (size_t k = 0; k < cycle->count; k++) {
        Text task, next;
        if (k > 0)
            phrase_add(&phrase, lang_text(telling->phrase.language, "why.stuck.cycle.comma"));
        SAY(&phrase, cycle->by_lock[k] ? "why.stuck.cycle.lock" : "why.stuck.cycle.task",
            {"task", name_of(telling, cycle->tasks[k], &task)},
            {"next", name_of(telling, cycle->tasks[(k + 1) % cycle->count], &next)});
    }
    SAY(&telling->phrase, "why.stuck.cycle", {"+waits", waits});
}

void tell_stuck(Telling *telling)
{
    Event stuck = history_event(telling->history, telling->last[EV_STUCK]);
    Cycle cycle;
    if (cycle_of(&cycle, &stuck)) {
        tell_cycle(telling, &cycle);
        return;
    }
    bool several = stuck.id_count > 3 && id_kind(stuck.ids[2]) == 't';
    char waits[800];
    Phrase phrase = phrase_start(waits, sizeof waits, telling->phrase.language);
    for (size_t k = 0; k + 1 < stuck.id_count && k < 8 && id_kind(stuck.ids[k]) == 't'; k += 2) {
        Text task, future;
        const TaskState *waiter = state_task(telling->state, stuck.ids[k]);
        SAY(&phrase, several ? "why.stuck.each" : "why.stuck.waits",
            {"task", name_of(telling, stuck.ids[k], &task)},
            {"future", awaited_name(telling, stuck.ids[k + 1], waiter ? waiter->ran : 0, &future)});
    }
    if (several)
        phrase_say(&phrase, "why.stuck.none", NULL, 0);
    SAY(&telling->phrase, "why.stuck", {"+waits", waits});
}

/* By the exit status, as a shell has it. */
static const char *killed_key(int64_t status)
{
    switch (status - 128) {
    case SIGSEGV:
        return "why.end.memory";
    case SIGBUS:
        return "why.end.bus";
    case SIGFPE:
        return "why.end.divided";
    case SIGILL:
        return "why.end.instruction";
    case SIGABRT:
        return "why.end.aborted";
    default:
        return "why.end.killed";
    }
}

void tell_end(Telling *telling)
{
    Event end = history_event(telling->history, telling->last[EV_END]);
    Number code;
    const char *key = end.word == WORD_STUCK                   ? "why.end.stuck"
                      : end.word == WORD_KILLED                ? killed_key(end.n)
                      : end.word == WORD_LIMIT                 ? "why.end.limit"
                      : end.word == WORD_EXCEPTION && end.text ? "why.end.value"
                      : end.word == WORD_EXCEPTION             ? "why.end.exception"
                      : end.n != 0                             ? "why.end.code"
                                                               : "why.end.exit";
    SAY(&telling->phrase, key, {"n", number_text(end.n, &code)}, {"value", end.text});
}
