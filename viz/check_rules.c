/*
 * check_rules.c — what may happen after what (TRACE.md, "Invariants").
 *
 * A model of the loop that is independent of state.c, and strict where that is lenient: each rule has a name,
 * and an event that breaks one is told, then taken in as well as can be, so that one fault is not told a
 * hundred times.
 */
#include "check_rules.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* An id as it is written, in a struct so that it can be an argument. */
typedef struct Name {
    char text[16];
} Name;

static Name name_of(Id id)
{
    Name name = {"nothing"};
    if (id != ID_NONE)
        snprintf(name.text, sizeof name.text, "%c%u", id_kind(id), id_number(id));
    return name;
}

#define NAME(id) name_of(id).text

/* What is spoken of exists. */
static void must_exist(Rules *rules, Id id, const char *where)
{
    if (id == ID_NONE || id == ID_MAIN)
        return;
    Known *record = rules_known(rules, id);
    if (record == NULL || record->exists)
        return;
    rules_break(rules, "exists", "%s of %s, which was never made", where, NAME(id));
    record->exists = true;
}

static Known *make_new(Rules *rules, Id id)
{
    Known *record = rules_known(rules, id);
    if (record == NULL)
        return NULL;
    if (record->exists)
        rules_break(rules, "new", "%s is not a new id", NAME(id));
    record->exists = true;
    return record;
}

/* ------------------------------------------------------------------------------------------- time ---- */

/* Virtual time moves inside select, and by what a blocking call takes; nowhere else. What a job in a thread
   does when its sleep is over comes before select returns. */
static void check_time(Rules *rules, const Event *event)
{
    int64_t by = event->ts - rules->last.ts;
    if (rules->last.kind == EV_NONE)
        return;
    if (event->ts < rules->last.ts) {
        rules_break(rules, "time", "ts goes back from %" PRId64 " to %" PRId64, rules->last.ts, event->ts);
        return;
    }
    if (by == 0 || !rules->is_virtual)
        return;
    bool blocked = (rules->last.kind == EV_BLOCKED && rules->last.n == by) ||
                   (event->kind == EV_BLOCKED && event->n == by);
    if (event->kind != EV_SELECTED && !rules->now.selecting && !blocked)
        rules_break(rules, "time", "virtual time moves by %" PRId64 " ns outside select", by);
    if (event->kind == EV_SELECTED && rules->now.queue_count > 0)
        rules_break(rules, "time", "virtual time moves although %s is ready",
                    NAME(rules->now.queue[rules->now.queue_first].handle));
}

/* ------------------------------------------------------------------------------------ iterations ---- */

static void end_iteration(Rules *rules)
{
    if (rules->now.batched && rules->now.runs < rules->now.batch)
        rules_break(rules, "batch", "%" PRId64 " of %" PRId64 " handles ran in iteration %" PRId64,
                    rules->now.runs, rules->now.batch, rules->now.iteration);
    rules->now.batched = rules->now.selecting = rules->now.selected = false;
}

static void check_loop(Rules *rules, const Event *event)
{
    switch (event->word) {
    case WORD_NEW:
        rules->now.iteration = 0;
        break;
    case WORD_RETURN:
        /* An exception that no handle keeps for itself leaves the iteration where it is. */
        if (rules->now.broken)
            rules->now.batched = false;
        end_iteration(rules);
        break;
    case WORD_CLOSE:
        rules->now.queue_count = rules->now.heap_count = 0;
        break;
    default:
        break;
    }
}

static void check_iteration(Rules *rules, const Event *event)
{
    end_iteration(rules);
    if (rules->now.handle != ID_NONE)
        rules_break(rules, "one", "an iteration begins while %s runs", NAME(rules->now.handle));
    if (event->n != rules->now.iteration + 1)
        rules_break(rules, "iteration", "iteration %" PRId64 " after %" PRId64, event->n,
                    rules->now.iteration);
    rules->now.iteration = event->n;
}

static void check_select(Rules *rules, const Event *event)
{
    if (event->kind == EV_SELECT) {
        if (rules->now.selecting)
            rules_break(rules, "select", "a select within a select");
        rules->now.selecting = true;
        rules->now.select_ts = event->ts;
        rules->now.select_timeout = event->n;
        return;
    }
    if (!rules->now.selecting)
        rules_break(rules, "select", "selected without a select");
    else if (rules->is_virtual && rules->now.select_timeout >= 0 && event->ts > rules->now.select_ts &&
             event->ts - rules->now.select_ts > rules->now.select_timeout)
        rules_break(rules, "select", "waited longer than the timeout");
    rules->now.selecting = false;
    rules->now.selected = true;
}

static void check_batch(Rules *rules, const Event *event)
{
    const Due *due = rules_due(rules);
    if (!rules->now.selected || rules->now.batched)
        rules_break(rules, "batch", "a batch that does not follow a select");
    if (event->n < 0 || (uint64_t)event->n != rules->now.queue_count)
        rules_break(rules, "batch", "batch of %" PRId64 " with %zu handles ready", event->n,
                    rules->now.queue_count);
    if (rules->is_virtual && due != NULL && due->when <= event->ts)
        rules_break(rules, "timers", "%s was due and is not queued", NAME(due->handle));
    rules->now.batched = true;
    rules->now.batch = event->n;
    rules->now.runs = 0;
}

/* -------------------------------------------------------------------------------------- handles ---- */

static void check_due(Rules *rules, const Event *event, Known *handle)
{
    if (!handle->pending) {
        rules_break(rules, "cause", "%s is no timer that is pending", NAME(event->handle));
        return;
    }
    const Due *first = rules_due(rules);
    if (handle->when > event->ts)
        rules_break(rules, "timers", "%s fires %" PRId64 " ns early", NAME(event->handle),
                    handle->when - event->ts);
    /* A real clock's ties are the heap's business; in virtual time they go by number. */
    if (!handle->cancelled && first != NULL && first->handle != event->handle &&
        (rules->is_virtual || first->when < handle->when))
        rules_break(rules, "timers", "%s fires before %s", NAME(event->handle), NAME(first->handle));
    handle->pending = false;
}

/* A task is queued to start, by itself to go on, or because what it waits for is done. */
static void check_task_ready(Rules *rules, const Event *event, Known *task)
{
    if (task->done)
        rules_break(rules, "finished", "%s is queued and has finished", NAME(event->task));
    if (event->word == WORD_WAKEUP && event->future != ID_NONE) {
        const Known *future = rules_known(rules, event->future);
        if (future != NULL && !future->done)
            rules_break(rules, "cause", "%s is woken by %s, which is not done", NAME(event->task),
                        NAME(event->future));
        if (task->status == STATUS_WAITING && task->on != event->future)
            rules_break(rules, "cause", "%s is woken by %s but waits on %s", NAME(event->task),
                        NAME(event->future), NAME(task->on));
    } else if (event->why == WORD_START && task->started) {
        rules_break(rules, "cause", "%s starts twice", NAME(event->task));
    } else if (event->why == WORD_YIELD && task->started && event->task != rules->now.task) {
        rules_break(rules, "cause", "%s gives up its turn but does not run", NAME(event->task));
    } else if (event->word == WORD_STEP && event->why == WORD_NONE && task->started &&
               event->task != rules->now.task) {
        rules_break(rules, "cause", "%s is queued and nothing woke it", NAME(event->task));
    }
    task->queued = true;
    if (task->status != STATUS_RUNNING)
        task->status = STATUS_READY;
}

static void check_ready(Rules *rules, const Event *event)
{
    Known *handle = rules_known(rules, event->handle);
    must_exist(rules, event->task, "ready");
    must_exist(rules, event->future, "ready");
    if (handle == NULL)
        return;
    /* A descriptor's or a signal's handle is one for every time that it comes, also before it has run. */
    if (handle->queued && event->by != WORD_IO)
        rules_break(rules, "ready", "%s is in the ready queue already", NAME(event->handle));
    if (event->by == WORD_TIMER)
        check_due(rules, event, handle);
    else if (event->by != WORD_IO && handle->exists &&
             event->word != WORD_CALL) /* a signal's is queued again */
        rules_break(rules, "new", "%s is not a new id", NAME(event->handle));
    handle->exists = handle->queued = true;
    const Known *future = event->future != ID_NONE ? rules_known(rules, event->future) : NULL;
    if (event->word == WORD_CALLBACK && future != NULL && !future->done)
        rules_break(rules, "cause", "a callback of %s is queued, which is not done", NAME(event->future));
    Known *task = event->task != ID_NONE ? rules_known(rules, event->task) : NULL;
    if (task != NULL)
        check_task_ready(rules, event, task);
    rules_push(rules, event->handle, event->task);
}

static void check_task_runs(Rules *rules, Id id, Known *task)
{
    if (task->done)
        rules_break(rules, "finished", "%s runs and has finished", NAME(id));
    else if (task->status != STATUS_READY)
        rules_break(rules, "ready", "%s runs and is not ready", NAME(id));
    task->started = true;
    task->status = STATUS_RUNNING;
}

static void check_run(Rules *rules, const Event *event)
{
    long place;
    Known *handle = rules_known(rules, event->handle);
    Id queued = rules_take(rules, event->handle, &place);
    bool skipped = event->word == WORD_SKIPPED;
    if (handle == NULL)
        return;
    if (place < 0)
        rules_break(rules, "ready", "%s runs and was not queued", NAME(event->handle));
    else if (place > 0 && !(rules->any_order && place < rules->now.batch - rules->now.runs))
        rules_break(rules, "fifo", "%s runs before %ld that stood in front of it", NAME(event->handle),
                    place);
    if (place >= 0 && event->task != ID_NONE && event->task != queued)
        rules_break(rules, "ready", "%s runs %s but was queued for %s", NAME(event->handle),
                    NAME(event->task), NAME(queued));
    if (rules->now.handle != ID_NONE)
        rules_break(rules, "one", "%s runs while %s runs", NAME(event->handle), NAME(rules->now.handle));
    if (handle->cancelled != skipped)
        rules_break(rules, "skipped", "%s %s", NAME(event->handle),
                    skipped ? "is skipped and was not cancelled" : "runs and was cancelled");
    if (!rules->now.batched)
        rules_break(rules, "batch", "%s runs outside a batch", NAME(event->handle));
    else if (++rules->now.runs > rules->now.batch)
        rules_break(rules, "batch", "more than the %" PRId64 " handles of the batch run", rules->now.batch);
    handle->queued = false;
    if (rules_known(rules, queued) != NULL)
        rules_known(rules, queued)->queued = false;
    rules->now.broken = false;
    if (skipped)
        return;
    rules->now.handle = event->handle;
    rules->now.task = event->task != ID_NONE ? event->task : queued;
    must_exist(rules, event->task, "run");
    Known *task = rules->now.task != ID_NONE ? rules_known(rules, rules->now.task) : NULL;
    if (task != NULL)
        check_task_runs(rules, rules->now.task, task);
}

static void check_task_ran(Rules *rules, const Event *event, Known *task)
{
    static const char *const states[] = {"waiting", "ready", "done", "failed", "cancelled"};
    bool over = event->word >= WORD_DONE && event->word <= WORD_CANCELLED;
    if (event->word < WORD_WAITING || event->word > WORD_CANCELLED) {
        rules_break(rules, "state", "ran of %s without a state", NAME(event->task));
        return;
    }
    if (over != task->done)
        rules_break(rules, "state", "%s is %s, but its done %s", NAME(event->task),
                    states[event->word - WORD_WAITING], over ? "is missing" : "is in the trace");
    if (event->word == WORD_WAITING && event->on == ID_NONE)
        rules_break(rules, "state", "%s waits on nothing", NAME(event->task));
    must_exist(rules, event->on, "wait");
    task->on = event->on;
    task->status = over ? STATUS_DONE : event->word == WORD_READY ? STATUS_READY : STATUS_WAITING;
    if (over)
        return;
    if (task->queued)
        task->status = STATUS_READY;
    else if (event->word == WORD_READY)
        rules_break(rules, "state", "%s is ready but not in the queue", NAME(event->task));
}

static void check_ran(Rules *rules, const Event *event)
{
    if (rules->now.handle != event->handle && rules_known(rules, event->handle) != NULL &&
        !rules_known(rules, event->handle)->cancelled)
        rules_break(rules, "one", "%s returns but %s runs", NAME(event->handle), NAME(rules->now.handle));
    else if (event->task != ID_NONE && event->task != rules->now.task && rules->now.handle == event->handle)
        rules_break(rules, "one", "%s returns but %s runs", NAME(event->task), NAME(rules->now.task));
    Known *task = event->task != ID_NONE ? rules_known(rules, event->task) : NULL;
    must_exist(rules, event->task, "ran");
    if (task != NULL)
        check_task_ran(rules, event, task);
    rules->now.broken = event->word == WORD_FAILED || event->task == ID_NONE;
    rules->now.handle = rules->now.task = ID_NONE;
}

static void check_timer(Rules *rules, const Event *event)
{
    Known *handle = make_new(rules, event->handle);
    must_exist(rules, event->future, "timer");
    if (handle == NULL)
        return;
    handle->pending = true;
    handle->when = event->n;
    rules_push_timer(rules, (Due){event->n, event->handle});
}

/* --------------------------------------------------------------------------------- tasks, futures ---- */

static void check_task(Rules *rules, const Event *event)
{
    Known *task = make_new(rules, event->task);
    if (task != NULL)
        task->status = STATUS_WAITING;
    must_exist(rules, event->coroutine, "task");
}

static void check_done(Rules *rules, const Event *event)
{
    Known *future = rules_known(rules, event->future);
    must_exist(rules, event->future, "done");
    if (future == NULL)
        return;
    if (future->done)
        rules_break(rules, "finished", "%s is done twice", NAME(event->future));
    if (event->word < WORD_DONE || event->word > WORD_CANCELLED)
        rules_break(rules, "state", "done of %s without a state", NAME(event->future));
    future->done = true;
}

static void check_switch(Rules *rules, const Event *event)
{
    must_exist(rules, event->coroutine, "switch");
    must_exist(rules, event->on, "switch");
    Known *from = rules_known(rules, event->coroutine), *to = rules_known(rules, event->on);
    if (to != NULL && to->done)
        rules_break(rules, "finished", "%s is switched to and has finished", NAME(event->on));
    if (from != NULL && event->word == WORD_DONE)
        from->done = true;
}

static void check_coroutine(Rules *rules, const Event *event)
{
    if (event->word == WORD_NEVER_AWAITED)
        must_exist(rules, event->coroutine, "never_awaited");
    else
        make_new(rules, event->coroutine);
}

static void check_handle_cancel(Rules *rules, const Event *event)
{
    must_exist(rules, event->handle, "handle_cancel");
    Known *handle = rules_known(rules, event->handle);
    if (handle != NULL)
        handle->cancelled = true;
}

static void check_callback(Rules *rules, const Event *event)
{
    const char *where = event_kind_name(event->kind);
    must_exist(rules, event->future, where);
    must_exist(rules, event->task, where);
    if (event->kind == EV_CALLBACK_REMOVE)
        must_exist(rules, event->callback, where);
    else if (event->callback != ID_NONE)
        make_new(rules, event->callback);
    /* An eager task has taken its first step within create_task, by no handle, and suspends. */
    Known *task =
        event->kind == EV_CALLBACK_ADD && event->task != ID_NONE ? rules_known(rules, event->task) : NULL;
    if (task != NULL && event->task != rules->now.task && task->status == STATUS_WAITING &&
        task->on == ID_NONE && !task->queued)
        task->on = event->future;
}

static void check_ids(Rules *rules, const Event *event, const char *where)
{
    for (size_t k = 0; k < event->id_count; k++)
        must_exist(rules, event->ids[k], where);
}

static void check_future(Rules *rules, const Event *event)
{
    make_new(rules, event->future);
    check_ids(rules, event, "wait");
    if (event->n == UNTIL_OTHER)
        rules_break(
            rules, "return_when",
            "%s waits until something that is none of FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED",
            NAME(event->future));
}

/* Of any other event: whatever it names exists. */
static void check_names(Rules *rules, const Event *event)
{
    const char *where = event_kind_name(event->kind);
    const Id named[] = {event->task, event->source, event->future, event->coroutine};
    for (size_t k = 0; k < sizeof named / sizeof named[0]; k++)
        must_exist(rules, named[k], where);
    check_ids(rules, event, where);
    rules->ended = rules->ended || event->kind == EV_END;
}

static void check_source(Rules *rules, const Event *event)
{
    make_new(rules, event->source);
}

static void check_kind(Rules *rules, const Event *event)
{
    static void (*const checks[EV_KINDS])(Rules * rules, const Event *event) = {
        [EV_SOURCE] = check_source,
        [EV_LOOP] = check_loop,
        [EV_ITERATION] = check_iteration,
        [EV_SELECT] = check_select,
        [EV_SELECTED] = check_select,
        [EV_BATCH] = check_batch,
        [EV_READY] = check_ready,
        [EV_RUN] = check_run,
        [EV_RAN] = check_ran,
        [EV_TIMER] = check_timer,
        [EV_HANDLE_CANCEL] = check_handle_cancel,
        [EV_TASK] = check_task,
        [EV_COROUTINE] = check_coroutine,
        [EV_FUTURE] = check_future,
        [EV_CALLBACK_ADD] = check_callback,
        [EV_CALLBACK_REMOVE] = check_callback,
        [EV_DONE] = check_done,
        [EV_SWITCH] = check_switch,
        [EV_PROGRESS] = rules_progress,
        [EV_PICTURE] = rules_picture,
    };
    if (checks[event->kind] != NULL)
        checks[event->kind](rules, event);
    else
        check_names(rules, event);
}

Known *rules_known(Rules *rules, Id id)
{
    static const char letters[] = "tfhcsk";
    const char *letter = id != ID_NONE ? strchr(letters, id_kind(id)) : NULL;
    if (letter == NULL)
        return NULL;
    Known *record = table_make(&rules->known[letter - letters], id_number(id));
    rules->out_of_memory = rules->out_of_memory || record == NULL;
    return record;
}

void rules_init(Rules *rules, CheckTell tell, void *context)
{
    memset(rules, 0, sizeof *rules);
    rules->tell = tell;
    rules->context = context;
    rules->now.loop = 1;
    for (size_t k = 0; k < sizeof rules->known / sizeof rules->known[0]; k++)
        rules->known[k].record = sizeof(Known);
}

void rules_free(Rules *rules)
{
    for (size_t k = 0; k < sizeof rules->known / sizeof rules->known[0]; k++)
        table_free(&rules->known[k]);
    free(rules->now.queue);
    free(rules->now.heap);
    for (size_t k = 0; k < rules->other_count; k++) {
        free(rules->others[k].queue);
        free(rules->others[k].heap);
    }
    free(rules->others);
}

void rules_break(Rules *rules, const char *rule, const char *format, ...)
{
    char message[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    rules->count++;
    if (rules->tell != NULL)
        rules->tell(rules->context, rules->line, rule, message);
}

void rules_event(Rules *rules, const Event *event)
{
    if (event->loop != 0)
        rules_turn(rules, event->loop);
    if (event->i != rules->last.i + 1)
        rules_break(rules, "order", "i is %u after %u", event->i, rules->last.i);
    if (rules->ended)
        rules_break(rules, "end", "an event after the end");
    if (event->kind == EV_SNAPSHOT) { /* it tells of the events and is none of them */
        rules->last.i = event->i;
        return;
    }
    check_time(rules, event);
    check_kind(rules, event);
    rules->last = *event;
}

void rules_end(Rules *rules)
{
    if (!rules->ended)
        rules_break(rules, "end", "there is no end: the trace was cut off");
}
