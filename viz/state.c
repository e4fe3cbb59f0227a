/*
 * state.c — the state after one more event (TRACE.md, "Rebuilding the state after event i").
 *
 * The same code makes the live state while a trace grows (and then writes down the spans as well) and any
 * state that is asked for. It takes every trace as it comes: what a bad one says twice or never is left out,
 * so that the picture stays one that could be; `check` is what complains.
 */
#include "arena.h"
#include "inside.h"

#include <string.h>

/* --------------------------------------------------------------------------------------- tasks ---- */

static bool set_status(TaskState *task, Status status, Id on, uint32_t i, History *grow)
{
    if (task->status == status && task->on == on)
        return true;
    task->status = status;
    task->on = on;
    task->since = i;
    return grow == NULL || lane_span(grow, task->id, i, status, on);
}

/* Ended: no longer part of the state. It is taken out later, all at once. */
static bool end_task(State *state, TaskState *task, Status status, uint32_t i, History *grow)
{
    Id id = task->id;
    task->status = STATUS_NONE;
    state->gone++;
    return grow == NULL || lane_end(grow, id, i, status);
}

static Status status_of(Word word)
{
    switch (word) {
    case WORD_READY:
        return STATUS_READY;
    case WORD_DONE:
        return STATUS_DONE;
    case WORD_FAILED:
        return STATUS_FAILED;
    case WORD_CANCELLED:
        return STATUS_CANCELLED;
    default:
        return STATUS_WAITING;
    }
}

static bool make_running(State *state, const History *history, Id id, uint32_t i, History *grow)
{
    TaskState *before = state_find(state, history, state->running);
    TaskState *task = state_find(state, history, id);
    state->running = id;
    /* At most one runs, whatever the trace says: the one before gives way. */
    if (before != NULL && before != task && before->status == STATUS_RUNNING &&
        !set_status(before, STATUS_WAITING, ID_NONE, i, grow))
        return false;
    if (task == NULL)
        return true;
    task->steps++;
    if (task->line != 0) { /* it goes on from where it stood, and may end without another line */
        state->source = task->source;
        state->line = task->line;
    }
    return set_status(task, STATUS_RUNNING, ID_NONE, i, grow);
}

/* ---------------------------------------------------------------------------------------- handles ---- */

static bool apply_ready(State *state, const History *history, const Event *event, History *grow)
{
    ReadyState entry = {.handle = event->handle,
                        .task = event->task,
                        .future = event->future,
                        .what = event->word,
                        .why = event->why,
                        .by = event->by,
                        .callback = event->text2,
                        .since = event->i};
    if (event->by == WORD_TIMER) {
        /* One that was cancelled is queued all the same when it is due; it has left the timers before. */
        const HandleRecord *record = handle_record(history, event->handle);
        state_take_timer(state, history, event->handle);
        if (record != NULL && record->timer != 0 && record->timer < event->i) {
            Event timer = pack_event(&history->pack, record->timer);
            entry.future = entry.future != ID_NONE ? entry.future : timer.future;
            entry.callback = entry.callback != NULL ? entry.callback : timer.text;
        }
    }
    if (!state_push_ready(state, &entry))
        return false;
    TaskState *task = state_find(state, history, event->task);
    /* A task that gives up its turn is queued while it still runs: its `ran` makes it ready. */
    return task == NULL || task->status == STATUS_RUNNING ||
           set_status(task, STATUS_READY, ID_NONE, event->i, grow);
}

static bool apply_run(State *state, const History *history, const Event *event, History *grow)
{
    ReadyState taken = state_take_ready(state, event->handle);
    state->phase = PHASE_RUN;
    state->batch_run++;
    if (event->word == WORD_SKIPPED)
        return true;
    state->handle = event->handle;
    state->run = event->i;
    state->queued = taken.since;
    Id task = event->task != ID_NONE ? event->task : taken.task;
    state->call = task == ID_NONE ? taken.callback : NULL;
    return make_running(state, history, task, event->i, grow);
}

/* Where a suspended task stands: the innermost of its frames that is in a source file of the trace. */
static void stand_at_chain(TaskState *task, const Event *event)
{
    task->ran = event->i;
    for (size_t k = event->chain_count; k-- > 0;) {
        const Frame *frame = &event->chain[k];
        if (frame->source != ID_NONE) {
            task->source = frame->source;
            task->line = frame->line;
            task->function = frame->function;
            return;
        }
    }
}

static bool is_queued(const State *state, Id task, uint32_t since)
{
    for (size_t k = state->ready_count; k-- > 0 && state->ready[k].since > since;)
        if (state->ready[k].task == task)
            return true;
    return false;
}

static bool apply_ran(State *state, const History *history, const Event *event, History *grow)
{
    Id id = event->task != ID_NONE ? event->task : state->running;
    TaskState *task = id_kind(id) == 't' ? state_find(state, history, id) : NULL;
    Status status = status_of(event->word);
    state->handle = ID_NONE;
    state->call = NULL;
    state->run = state->queued = 0;
    if (state->batch_run >= state->batch)
        state->phase = PHASE_CHECK;
    if (task != NULL && status >= STATUS_DONE && !end_task(state, task, status, event->i, grow))
        return false;
    if (task != NULL && status < STATUS_DONE) {
        stand_at_chain(task, event);
        /* What it was to wait for was done within this very step (cancelled, mostly): it is queued already.
         */
        if (status == STATUS_WAITING && is_queued(state, id, task->since))
            status = STATUS_READY;
        if (!set_status(task, status, status == STATUS_WAITING ? event->on : ID_NONE, event->i, grow))
            return false;
    }
    /* Without a loop (a trace that is only a part of one) the main program goes on. */
    return make_running(state, history, history->has_loop ? ID_NONE : ID_MAIN, event->i, grow);
}

/* An eager task (CPython 3.12) takes its first step within create_task, by no handle: it waits as soon as it
   says for what. Every other task runs while it registers. */
static bool apply_waiter(State *state, const History *history, const Event *event, History *grow)
{
    if (event->task == ID_NONE || event->task == state->running)
        return true;
    TaskState *task = state_find(state, history, event->task);
    bool eager = task != NULL && task->status == STATUS_READY && task->ran == 0 &&
                 !is_queued(state, event->task, task->created);
    return !eager || set_status(task, STATUS_WAITING, event->future, event->i, grow);
}

/* A task is done within its own step, whose `ran` ends it; if not, it ends here. */
static bool apply_done(State *state, const History *history, const Event *event, History *grow)
{
    TaskState *task = id_kind(event->future) == 't' ? state_find(state, history, event->future) : NULL;
    if (task == NULL || task->status == STATUS_RUNNING || event->future == state->running)
        return true;
    Status status = status_of(event->word);
    return end_task(state, task, status >= STATUS_DONE ? status : STATUS_DONE, event->i, grow);
}

/* --------------------------------------------------------------------------------------- programs ---- */

/* Whose line it is: the task that it names, the coroutine driven by hand, or else whoever runs. */
static TaskState *whose_line(State *state, const History *history, const Event *event)
{
    Id id = event->task;
    if (id == ID_NONE)
        id = event->coroutine != ID_NONE ? lane_of_coroutine(history, event->coroutine) : state->running;
    TaskState *task = state_find(state, history, id);
    /* One that nobody has gone to yet has no line to be at. */
    return task != NULL && task->status != STATUS_IDLE ? task : NULL;
}

/* A `line`, or the call or return that stands at one. */
static void apply_line(State *state, const History *history, const Event *event)
{
    if (event->line == 0 || event->source == ID_NONE || event->by == WORD_THREAD)
        return;
    TaskState *task = whose_line(state, history, event);
    state->source = event->source;
    state->line = event->line;
    if (task == NULL)
        return;
    task->source = event->source;
    task->line = event->line;
    if (event->kind == EV_LINE)
        task->function = event->text;
    else if (event->kind == EV_LEAVE)
        task->function = event->text2;
}

/* A lane that begins with this very event. */
static bool begin_lane(State *state, const History *history, Id id, uint32_t i, Status status)
{
    const LaneRecord *lane = lane_record(history, id);
    return lane == NULL || lane->lane.created != i || state_add_task(state, history, lane, status);
}

static bool apply_switch(State *state, const History *history, const Event *event, History *grow)
{
    /* A coroutine of which nothing was said before begins with the switch itself. */
    if (!begin_lane(state, history, lane_of_coroutine(history, event->coroutine), event->i, STATUS_IDLE) ||
        !begin_lane(state, history, lane_of_coroutine(history, event->on), event->i, STATUS_IDLE))
        return false;
    TaskState *from = state_find(state, history, lane_of_coroutine(history, event->coroutine));
    Id to = lane_of_coroutine(history, event->on);
    state->hand = event->i;
    if (from != NULL && event->word == WORD_DONE) {
        if (!end_task(state, from, STATUS_DONE, event->i, grow))
            return false;
    } else if (from != NULL && !set_status(from, STATUS_WAITING, ID_NONE, event->i, grow)) {
        return false;
    }
    return make_running(state, history, to, event->i, grow);
}

/* The main program ends here, unless only its trace does: at its limit. A coroutine that nobody went back to
 * has not: it stays suspended for good. */
static bool apply_end(State *state, const History *history, const Event *event, History *grow)
{
    state->ended = event->word != WORD_LIMIT;
    if (event->i != history->end)
        return true;
    bool failed = event->word == WORD_EXCEPTION || (event->word == WORD_EXIT && event->n != 0);
    TaskState *main = state_find(state, history, ID_MAIN);
    if (main != NULL && (failed || event->word == WORD_EXIT) &&
        !end_task(state, main, failed ? STATUS_FAILED : STATUS_DONE, event->i, grow))
        return false;
    state->running =
        state->running == ID_MAIN && (failed || event->word == WORD_EXIT) ? ID_NONE : state->running;
    return true;
}

/* A closed loop runs nobody any more. Who waits goes on waiting for what it waits for, for good; who was
   queued has lost its place and waits on nothing. */
static bool close_loop(State *state, uint32_t i, History *grow)
{
    state->closed = true;
    state->ready_count = state->timer_count = state->timers_alone = 0;
    for (size_t k = 0; k < state->task_count; k++) {
        TaskState *task = &state->tasks[k];
        if (task->status == STATUS_READY && id_kind(task->id) == 't' && task->loop == state->loop &&
            !set_status(task, STATUS_WAITING, ID_NONE, i, grow))
            return false;
    }
    return true;
}

static bool apply_loop(State *state, const Event *event, History *grow)
{
    if (event->word == WORD_RETURN || event->word == WORD_CLOSE)
        state->phase = PHASE_NONE;
    if (event->word == WORD_NEW)
        state->closed = false;
    return event->word != WORD_CLOSE || close_loop(state, event->i, grow);
}

static bool first_event(State *state, const History *history)
{
    if (history->has_loop || lane_record(history, ID_MAIN) == NULL)
        return true;
    state->running = ID_MAIN;
    return state_add_task(state, history, lane_record(history, ID_MAIN), STATUS_RUNNING);
}

/* --------------------------------------------------------------------------------------- together ---- */

/* Tasks stand in order of creation. In the live state, which learns of some late, they stand in the order in
   which they became lanes: so every new one comes at the end. */
static bool stands_before(const State *state, const History *history, const TaskState *task,
                          const LaneRecord *lane)
{
    if (state == &history->live)
        return task->lane < (uint32_t)(lane - history->lanes);
    return task->created != lane->lane.created ? task->created < lane->lane.created
                                               : task->id < lane->lane.id;
}

static size_t task_place(const State *state, const History *history, const LaneRecord *lane)
{
    size_t low = 0, high = state->task_count;
    if (high > 0 && stands_before(state, history, &state->tasks[high - 1], lane))
        return high;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (stands_before(state, history, &state->tasks[middle], lane))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Several events in a row are about the same task: it is looked at first where it was found last. */
TaskState *state_find(State *state, const History *history, Id id)
{
    if (id == ID_NONE)
        return NULL;
    size_t k = state->found;
    if (k >= state->task_count || state->tasks[k].id != id) {
        const LaneRecord *lane = lane_record(history, id);
        k = lane != NULL ? task_place(state, history, lane) : state->task_count;
        if (k == state->task_count || state->tasks[k].id != id)
            return NULL;
        state->found = k;
    }
    return state->tasks[k].status != STATUS_NONE ? &state->tasks[k] : NULL;
}

bool state_add_task(State *state, const History *history, const LaneRecord *lane, Status status)
{
    uint32_t created = lane->lane.created;
    size_t k = task_place(state, history, lane);
    if (k < state->task_count && state->tasks[k].id == lane->lane.id)
        return true;
    TaskState *tasks = array_grow(state->tasks, &state->task_room, state->task_count + 1, sizeof *tasks);
    if (tasks == NULL)
        return false;
    state->tasks = tasks;
    memmove(tasks + k + 1, tasks + k, (state->task_count - k) * sizeof *tasks);
    state->task_count++;
    tasks[k] = (TaskState){.id = lane->lane.id,
                           .status = status,
                           .since = created != 0 ? created : 1,
                           .created = created,
                           .loop = state->loop,
                           .lane = (uint32_t)(lane - history->lanes)};
    if (created != 0) {
        Event event = pack_event(&history->pack, created);
        tasks[k].name = event.text;
        tasks[k].coroutine = event.kind == EV_TASK ? event.text2 : event.text;
    }
    return true;
}

/* A seat that is used again: its arrays stay. */
static void empty_loop(State *state)
{
    State old = *state;
    *state = (State){.ready = old.ready_start,
                     .ready_start = old.ready_start,
                     .ready_room = old.ready_room,
                     .timers = old.timer_start,
                     .timer_start = old.timer_start,
                     .timer_room = old.timer_room};
}

bool state_turn(State *state, uint32_t loop)
{
    /* These bytes of a State are of one loop. */
    const size_t from = offsetof(State, loop), size = offsetof(State, tasks) - from;
    size_t k = 0;
    if (state->loop == loop)
        return true;
    if (state->loop == 0) {
        state->loop = loop;
        return true;
    }
    while (k < state->other_count && state->others[k].loop != loop)
        k++;
    if (k == state->other_count) {
        size_t room = state->other_room;
        State *others = array_grow(state->others, &state->other_room, k + 1, sizeof *others);
        if (others == NULL)
            return false;
        memset(others + room, 0, (state->other_room - room) * sizeof *others);
        state->others = others;
        empty_loop(&others[k]);
        others[k].loop = loop;
        state->other_count++;
    }
    State now = *state;
    memcpy((char *)state + from, (char *)&state->others[k] + from, size);
    memcpy((char *)&state->others[k] + from, (char *)&now + from, size);
    return true;
}

void state_tidy(State *state)
{
    size_t kept = 0;
    for (size_t k = 0; k < state->task_count && state->gone > 0; k++)
        if (state->tasks[k].status != STATUS_NONE)
            state->tasks[kept++] = state->tasks[k];
    if (state->gone > 0)
        state->task_count = kept;
    state->gone = 0;
}

void state_forget_main(State *state)
{
    if (state->task_count > 0 && state->tasks[0].id == ID_MAIN)
        memmove(state->tasks, state->tasks + 1, --state->task_count * sizeof *state->tasks);
    if (state->running == ID_MAIN)
        state->running = ID_NONE;
}

static void apply_name(State *state, const History *history, const Event *event)
{
    TaskState *task = state_find(state, history, event->task);
    if (task != NULL)
        task->name = event->text;
}

/* The loop's own round: it moves from phase to phase. */
static void apply_phase(State *state, const Event *event)
{
    switch (event->kind) {
    case EV_ITERATION:
        state->iteration = (uint32_t)event->n;
        state->select_timeout = 0;
        state->batch = state->batch_run = 0;
        state->phase = PHASE_SELECT;
        break;
    case EV_SELECT:
        state->selecting = true;
        state->select_timeout = event->n;
        state->phase = PHASE_SELECT;
        break;
    case EV_SELECTED:
        state->selecting = false;
        state->phase = PHASE_TIMERS;
        break;
    default: /* EV_BATCH */
        state->batch = event->n > 0 ? (uint32_t)event->n : 0;
        state->batch_run = 0;
        state->phase = state->batch > 0 ? PHASE_RUN : PHASE_CHECK;
        break;
    }
}

bool state_apply(State *state, const History *history, const Event *event, History *grow)
{
    state->i = event->i;
    state->ts = event->ts;
    if (!state_turn(state, history_loop(history, event->i)))
        return false;
    if (event->i == 1 && !first_event(state, history))
        return false;
    switch (event->kind) {
    case EV_LOOP:
        return apply_loop(state, event, grow);
    case EV_ITERATION:
    case EV_SELECT:
    case EV_SELECTED:
    case EV_BATCH:
        apply_phase(state, event);
        return true;
    case EV_READY:
        return apply_ready(state, history, event, grow);
    case EV_RUN:
        return apply_run(state, history, event, grow);
    case EV_RAN:
        return apply_ran(state, history, event, grow);
    case EV_TIMER:
        return state_push_timer(state, event);
    case EV_HANDLE_CANCEL:
        state_take_timer(state, history, event->handle);
        return true;
    case EV_TASK:
        return begin_lane(state, history, event->task, event->i, STATUS_READY);
    case EV_TASK_NAME:
        apply_name(state, history, event);
        return true;
    case EV_COROUTINE:
        return begin_lane(state, history, event->coroutine, event->i, STATUS_IDLE);
    case EV_CALLBACK_ADD:
        return apply_waiter(state, history, event, grow);
    case EV_DONE:
        return apply_done(state, history, event, grow);
    case EV_LINE:
    case EV_ENTER:
    case EV_LEAVE:
        apply_line(state, history, event);
        return true;
    case EV_SWITCH:
        return apply_switch(state, history, event, grow);
    case EV_STUCK:
        state->stuck = true;
        return true;
    case EV_END:
        return apply_end(state, history, event, grow);
    default:
        return true;
    }
}
