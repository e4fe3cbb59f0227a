/*
 * edge.c — the arrows of the timeline: what created, woke, cancelled, switched to what.
 *
 * Each is found at the event it points to, from the state that has just been reached.
 */
#include "arena.h"
#include "inside.h"

static bool add(History *history, EdgeKind kind, uint32_t from, Id source, uint32_t to, Id target)
{
    Edge *edges = array_grow(history->edges, &history->edge_capacity, history->edge_count + 1, sizeof *edges);
    if (edges == NULL)
        return false;
    history->edges = edges;
    edges[history->edge_count++] =
        (Edge){.from = from, .to = to, .source = source, .target = target, .kind = kind};
    return true;
}

/* Who did what a handle does: the task that runs, or the loop. */
static Id doer(const History *history)
{
    Id running = history->live.running;
    return lane_record(history, running) != NULL ? running : ID_NONE;
}

/*
 * A wake-up begins at the `done` of what was waited for, if that was just now. If a timer's callback did it,
 * it began with the timer: that is what a class wants to see an arrow from.
 */
static bool add_wake(History *history, const Event *event)
{
    const State *live = &history->live;
    const FutureRecord *future = event->future != ID_NONE ? future_record(history, event->future) : NULL;
    uint32_t done = future != NULL ? future->done : 0;
    if (event->by == WORD_TIMER) {
        const HandleRecord *handle = handle_record(history, event->handle);
        return add(history, EDGE_WAKE, handle != NULL && handle->timer != 0 ? handle->timer : event->i,
                   ID_NONE, event->i, event->task);
    }
    if (live->run != 0 && live->queued != 0 && live->running == ID_NONE &&
        pack_event(&history->pack, live->queued).by == WORD_TIMER)
        return add(history, EDGE_WAKE, live->queued, ID_NONE, event->i, event->task);
    if (done > live->run)
        return add(history, EDGE_WAKE, done, doer(history), event->i, event->task);
    return add(history, EDGE_WAKE, live->run != 0 ? live->run : event->i, doer(history), event->i,
               event->task);
}

static bool add_ready(History *history, const Event *event)
{
    LaneRecord *lane = lane_record(history, event->task);
    if (lane == NULL || lane->lane.ended != 0)
        return true;
    bool first = !lane->queued;
    lane->queued = true;
    if (first && (event->why == WORD_START || event->word == WORD_STEP))
        return add(history, EDGE_CREATE, lane->lane.created, lane->creator, event->i, event->task);
    if (event->task == history->live.running)
        return true; /* its own turn given up: nobody else has a part in it */
    return add_wake(history, event);
}

bool edge_add(History *history, const Event *event)
{
    if (event->kind == EV_READY)
        return event->task == ID_NONE || add_ready(history, event);
    if (event->kind == EV_CANCEL)
        return lane_record(history, event->task) == NULL ||
               add(history, EDGE_CANCEL, event->i, doer(history), event->i, event->task);
    Id from = lane_of_coroutine(history, event->coroutine), to = lane_of_coroutine(history, event->on);
    return from == ID_NONE || to == ID_NONE || add(history, EDGE_SWITCH, event->i, from, event->i, to);
}

size_t history_edges(const History *history, const Edge **edges)
{
    *edges = history->edges;
    return history->edge_count;
}
