/*
 * index.c — what each event adds to what is known: who exists, when it was done, what a wait waits for.
 *
 * index_before() makes the records that the state needs in order to take the event; index_after() adds what
 * needs the state after it.
 */
#include "arena.h"
#include "inside.h"

#include <string.h>

#define PLACES  65536u /* seats for what is known of lines */
#define C_LINES 65536u /* lines of a listing that can have a line of C */

bool list_add(List *list, uint32_t item)
{
    uint32_t *items = array_grow(list->items, &list->capacity, list->count + 1, sizeof *items);
    if (items == NULL)
        return false;
    list->items = items;
    items[list->count++] = item;
    return true;
}

size_t list_until(const List *list, uint32_t item)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list->items[middle] <= item)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

FutureRecord *future_record(const History *history, Id id)
{
    return table_find(id_kind(id) == 't' ? &history->tasks : &history->futures, id_number(id));
}

CoroutineRecord *coroutine_record(const History *history, Id id)
{
    return table_find(&history->coroutines, id_number(id));
}

HandleRecord *handle_record(const History *history, Id id)
{
    return table_find(&history->handles, id_number(id));
}

static FutureRecord *make_future(History *history, Id id)
{
    return table_make(id_kind(id) == 't' ? &history->tasks : &history->futures, id_number(id));
}

/* The first event of an id counts; a second one is `check`'s to complain about. */
static bool add_task(History *history, const Event *event)
{
    FutureRecord *task = make_future(history, event->task);
    if (task == NULL)
        return false;
    if (task->created != 0)
        return true;
    task->created = event->i;
    if (event->coroutine != ID_NONE) {
        CoroutineRecord *object = table_make(&history->coroutines, id_number(event->coroutine));
        if (object == NULL)
            return false;
        object->task = event->task;
    }
    LaneRecord *lane = lane_add(history, event->task, event->i);
    if (lane == NULL)
        return false;
    lane->creator = lane_record(history, history->live.running) != NULL ? history->live.running : ID_NONE;
    return lane_span(history, event->task, event->i, STATUS_READY, ID_NONE);
}

static bool add_coroutine(History *history, const Event *event)
{
    CoroutineRecord *coroutine = table_make(&history->coroutines, id_number(event->coroutine));
    if (coroutine == NULL)
        return false;
    if (coroutine->created == 0)
        coroutine->created = event->i;
    return true;
}

/* Driven by hand, and not known as a lane so far: now it is one, since it was made. */
static bool drive(History *history, Id id, uint32_t i)
{
    CoroutineRecord *coroutine = table_make(&history->coroutines, id_number(id));
    if (coroutine == NULL)
        return false;
    if (id == ID_MAIN || coroutine->lane != 0 || coroutine->task != ID_NONE)
        return true;
    if (coroutine->created == 0)
        coroutine->created = i;
    uint32_t created = coroutine->created;
    history->generation++;
    keyframe_drop(history, created);
    return lane_add(history, id, created) != NULL && lane_span(history, id, created, STATUS_IDLE, ID_NONE) &&
           state_add_task(&history->live, history, lane_record(history, id), STATUS_IDLE);
}

/* A recorded wait() does not say what it waits for, but calls add_done_callback on each at once. */
static bool add_kid(History *history, const Event *event)
{
    bool kid = event->kind == EV_CALLBACK_ADD && event->text != NULL &&
               strstr(event->text, "_on_completion") != NULL;
    bool between = event->kind == EV_TIMER || (event->kind == EV_READY && event->word == WORD_CALLBACK);
    if (history->wait == ID_NONE || between)
        return true;
    if (kid)
        return list_add(&history->kids, event->future);
    FutureRecord *wait = future_record(history, history->wait);
    history->wait = ID_NONE;
    if (history->kids.count == 0)
        return true;
    wait->kids = pack_add_ids(&history->pack, history->kids.items, history->kids.count);
    return wait->kids != 0;
}

static bool add_future(History *history, const Event *event)
{
    FutureRecord *future = make_future(history, event->future);
    if (future == NULL)
        return false;
    if (future->created != 0)
        return true;
    future->created = event->i;
    if (event->id_count != 0) {
        future->kids = pack_add_ids(&history->pack, event->ids, event->id_count);
        return future->kids != 0;
    }
    if (event->text != NULL && strcmp(event->text, "wait") == 0) {
        history->wait = event->future;
        history->kids.count = 0;
    }
    return true;
}

static bool add_timer(History *history, const Event *event)
{
    HandleRecord *handle = table_make(&history->handles, id_number(event->handle));
    if (handle == NULL)
        return false;
    handle->timer = event->i;
    handle->over = 0;
    if (event->future == ID_NONE)
        return true;
    FutureRecord *future = make_future(history, event->future);
    if (future == NULL)
        return false;
    future->timer = event->i;
    return true;
}

static void timer_over(History *history, const Event *event)
{
    HandleRecord *handle = handle_record(history, event->handle);
    if (handle != NULL && handle->timer != 0 && handle->over == 0)
        handle->over = event->i;
}

static bool add_queued(History *history, const Event *event)
{
    HandleRecord *handle = table_make(&history->handles, id_number(event->handle));
    if (handle == NULL)
        return false;
    handle->ready = event->i;
    if (event->by == WORD_TIMER)
        timer_over(history, event);
    return true;
}

static bool add_done(History *history, const Event *event)
{
    FutureRecord *future = make_future(history, event->future);
    if (future == NULL)
        return false;
    if (future->done == 0)
        future->done = event->i;
    return true;
}

static bool add_c_line(History *history, const Event *event)
{
    if (event->c_line == 0 || event->source != ID('s', 1) || event->line >= C_LINES)
        return true;
    while (history->c_lines.count <= event->line)
        if (!list_add(&history->c_lines, 0))
            return false;
    history->c_lines.items[event->line] = event->c_line;
    return true;
}

static bool add_iteration(History *history, const Event *event)
{
    Iteration *iterations = array_grow(history->iterations, &history->iteration_capacity,
                                       history->iteration_count + 1, sizeof *iterations);
    if (iterations == NULL)
        return false;
    history->iterations = iterations;
    iterations[history->iteration_count++] = (Iteration){.from = event->i, .n = (uint32_t)event->n};
    return true;
}

static void add_select(History *history, const Event *event)
{
    if (history->iteration_count == 0)
        return;
    Iteration *iteration = &history->iterations[history->iteration_count - 1];
    if (event->kind == EV_SELECT) {
        iteration->select = event->i;
    } else {
        iteration->selected = event->i;
        if (iteration->select != 0)
            iteration->idle = event->ts - pack_ts(&history->pack, iteration->select);
    }
}

/* The timers of a loop that is closed are over with it. */
static void timers_over(History *history, uint32_t i)
{
    for (size_t k = 0; k < history->live.timer_count; k++)
        handle_record(history, history->live.timers[k].handle)->over = i;
}

/* A place has a seat by its source and line; of two that meet there the later one stays. */
static uint32_t seat_of(const Event *event)
{
    return (id_number(event->source) * 4099 + event->line) % PLACES;
}

static bool add_function(History *history, const Event *event)
{
    PlaceRecord *place = table_make(&history->places, seat_of(event));
    if (place == NULL)
        return false;
    *place = (PlaceRecord){event->source, event->line, event->text};
    return true;
}

void index_complete(const History *history, Event *event)
{
    if (event->kind != EV_LEAVE || event->source == ID_NONE)
        return;
    const PlaceRecord *place = table_find(&history->places, seat_of(event));
    if (place != NULL && place->source == event->source && place->line == event->line)
        event->text2 = place->function;
}

bool index_before(History *history, const Event *event)
{
    if (event->kind == EV_LOOP && !history->has_loop)
        lane_hide_main(history);
    if (event->kind == EV_LOOP && event->word == WORD_CLOSE)
        timers_over(history, event->i);
    if (event->i == 1 && !history->has_loop &&
        (lane_add(history, ID_MAIN, 0) == NULL || !lane_span(history, ID_MAIN, 1, STATUS_RUNNING, ID_NONE)))
        return false;
    if (!add_kid(history, event))
        return false;
    switch (event->kind) {
    case EV_TASK:
        return add_task(history, event);
    case EV_TASK_NAME: {
        LaneRecord *lane = lane_record(history, event->task);
        if (lane != NULL)
            lane->lane.name = event->text;
        return true;
    }
    case EV_COROUTINE:
        return add_coroutine(history, event);
    case EV_SWITCH:
        return drive(history, event->coroutine, event->i) && drive(history, event->on, event->i);
    case EV_FUTURE:
        return add_future(history, event);
    case EV_TIMER:
        return add_timer(history, event);
    case EV_DONE:
        return add_done(history, event);
    case EV_END:
        if (history->end == 0)
            history->end = event->i;
        return true;
    default:
        return true;
    }
}

bool index_after(History *history, const Event *event)
{
    switch (event->kind) {
    case EV_SOURCE:
        return list_add(&history->sources, event->i);
    case EV_LINE:
        return add_c_line(history, event) && add_function(history, event);
    case EV_ITERATION:
        return add_iteration(history, event);
    case EV_SELECT:
    case EV_SELECTED:
        add_select(history, event);
        return true;
    case EV_OUTPUT:
    case EV_EXCEPTION:
        return list_add(&history->outputs, event->i);
    case EV_PROGRESS:
    case EV_PICTURE:
        return exhibit_add(history, event);
    case EV_HANDLE_CANCEL:
        timer_over(history, event);
        return true;
    case EV_READY:
        return add_queued(history, event) && edge_add(history, event);
    case EV_CANCEL:
    case EV_SWITCH:
        return edge_add(history, event);
    default:
        return true;
    }
}
