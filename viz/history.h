/*
 * history.h — a whole trace in memory, and the state after any event of it.
 *
 *     bytes ──history_feed──► events, compact (≤ 40 bytes each, texts interned)
 *                             ├─ a keyframe of the state every 1 024 events ──state_at──► the state after
 * event i ├─ a span list a lane: which state from which event to which └─ edges: what created, woke,
 * cancelled what
 *
 * It grows while the program still runs; nothing that was given out about events so far changes by growing.
 * Two things can only be known later: whether there is a loop (then the main program is no lane), and whether
 * a coroutine object is driven by hand (it is a lane from its making). Texts and chains stay where they are;
 * pointers to arrays, lanes and ids are valid until the next history_feed().
 * Everything is derived from events alone (TRACE.md, "Rebuilding the state after event i").
 */
#ifndef VIZ_HISTORY_H
#define VIZ_HISTORY_H

#include "event.h"
#include "picture.h"

#include <stdbool.h>

typedef struct History History;

/* --------------------------------------------------------------------------------------- filling it ---- */

/** @return NULL when out of memory */
History *history_new(void);
void history_free(History *history);

/**
 * Takes the next bytes of the trace, cut anywhere. Complete lines become events at once. A line that is no
 * event is counted and skipped; the first is kept for history_problem().
 * @return false when the trace cannot be shown at all (history_problem says why): not a trace, or a newer
 * version
 */
bool history_feed(History *history, const char *bytes, size_t count);
/** No more bytes will come: a last line without newline is looked at. */
bool history_finish(History *history);

/** One line of what is wrong ("line 12, column 3: …"), or NULL. The trace may still be shown. */
const char *history_problem(const History *history);
/** The version of a trace that is refused because it is newer than what is understood; else 0. */
double history_newer(const History *history);
/** Lines that were skipped. */
uint32_t history_bad_lines(const History *history);
/** Finished without an `end` event: the program was cut off. */
bool history_is_cut(const History *history);
/** Bytes it holds. */
size_t history_bytes(const History *history);

/* ------------------------------------------------------------------------------------------ reading ---- */

/** The header line as text (JSON), or NULL before it came. */
const char *history_header(const History *history);
/** The schedule that chose who runs next, "lifo"; NULL: it is asyncio's order */
const char *history_schedule(const History *history);
/** Is the clock virtual? */
bool history_is_virtual(const History *history);

/** Number of events; they count from 1. */
uint32_t history_count(const History *history);
/** Decodes event i, 1 … count. */
Event history_event(const History *history, uint32_t i);
EventKind history_kind(const History *history, uint32_t i);
int64_t history_ts(const History *history, uint32_t i);

typedef struct Source {
    Id id;
    const char *name;
    const char *language;
    const char *text;
} Source;

size_t history_sources(const History *history);
Source history_source(const History *history, size_t index);
/** The line of the C program that stands for a line of the listing; 0: none seen. */
uint32_t history_c_line(const History *history, uint32_t listing_line);

/* ------------------------------------------------------------------------------------------- lanes ---- */

typedef enum Status {
    STATUS_NONE, /* before it existed */
    STATUS_IDLE, /* a coroutine driven by hand that has not started */
    STATUS_READY,
    STATUS_RUNNING,
    STATUS_WAITING, /* also: a coroutine driven by hand that is suspended */
    STATUS_DONE,
    STATUS_FAILED,
    STATUS_CANCELLED,
    STATUSES
} Status;

typedef struct Lane {
    Id id;            /* t…: a task · k…: a coroutine driven by hand · ID_MAIN: the main program */
    const char *name; /* task name at the end of the trace so far; coroutine name; NULL for ID_MAIN */
    const char *coroutine;
    const char *function; /* the coroutine's name without what it is defined in; NULL for ID_MAIN */
    uint32_t created;     /* event; the main program: 0, before everything */
    uint32_t ended;       /* event of its end, 0 while it lives */
    uint32_t defined;     /* line of its def in the listing, 0 unknown */
    bool helper;          /* one of asyncio.run's own shutdown tasks */
    bool internal; /* made by a method of the loop itself, for a server say: the program does not know it */
} Lane;

/** Lanes in order of creation. ID_MAIN is one only in a trace in which something is switched or called by
 * hand. */
size_t history_lanes(const History *history);
const Lane *history_lane(const History *history, size_t index);
const Lane *history_lane_of(const History *history, Id id);
/** How many lanes run the same function as this one, itself included; 0 for ID_MAIN. */
size_t history_namesakes(const History *history, const Lane *lane);
/** "BaseEventLoop.shutdown_asyncgens" and "main.<locals>.work" by their last part. */
const char *last_part(const char *qualified);

typedef struct Span {
    uint32_t from,
        until; /* events; the state holds after `from`, up to and without `until` (UINT32_MAX: still) */
    Status status;
    Id on; /* waiting: on what */
} Span;

/** The spans of a lane in order, without gaps from its creation; the last one of an ended lane says how it
 * ended.
 *  @return how many */
size_t history_spans(const History *history, size_t lane, const Span **spans);

typedef struct Iteration {
    uint32_t from;     /* its `iteration` event */
    uint32_t n;        /* the loop's own number */
    uint32_t select;   /* its `select` event, 0 */
    uint32_t selected; /* its `selected` event, 0 */
    int64_t idle;      /* ns that select waited */
} Iteration;

/** The number of the loop that did something last, at or before event i; 1 before any, and where there is
 * only one.
 */
uint32_t history_loop(const History *history, uint32_t i);
/** Are there several? */
bool history_has_loops(const History *history);

size_t history_iterations(const History *history);
const Iteration *history_iteration(const History *history, size_t index);
/** Index of the iteration that event i lies in, or -1 before the first. */
long history_iteration_at(const History *history, uint32_t i);

typedef enum EdgeKind { EDGE_CREATE, EDGE_WAKE, EDGE_CANCEL, EDGE_SWITCH } EdgeKind;

/** What made a lane move: from event `from` in lane `source` (ID_NONE: the loop) to event `to` in lane
 * `target`. */
typedef struct Edge {
    uint32_t from, to;
    Id source, target;
    EdgeKind kind;
} Edge;

/** In order of `to`. */
size_t history_edges(const History *history, const Edge **edges);

/** The event that caused event i, 0 when it is the main program's own: ready ← done ← run ← ready …
 * (TRACE.md, Cause) */
uint32_t history_cause(const History *history, uint32_t i);
/** The task in whose step a future gets its result, looking ahead as far as the trace goes: who lets go of a
 * lock. ID_NONE: nobody has yet, it was cancelled, or no task did it. */
Id history_completer(const History *history, Id future);

/** Event numbers of all that a console shows, in order: `output`, and `exception`, which the loop reports. */
size_t history_outputs(const History *history, const uint32_t **events);
/** What has a progress or a picture, at the moment that is asked for. */
typedef struct Exhibit {
    const char *name;
    int64_t done, total; /* of its newest `progress` */
    uint32_t progress;   /* that event, 0: none yet */
    uint32_t picture;    /* its newest `picture`, 0: none yet */
    PictureLook look;    /* of that */
} Exhibit;

/** How many names have one in the whole trace; of a program that makes up ever new ones, the first 64. */
size_t history_exhibits(const History *history);
/** Name number k after event i. */
Exhibit history_exhibit(const History *history, size_t k, uint32_t i);

/** The lanes that ended, in the order in which they did. */
size_t history_ended(const History *history, const Id **lanes);

/* ------------------------------------------------------------------------------------------- state ---- */

typedef enum Phase { PHASE_NONE, PHASE_SELECT, PHASE_TIMERS, PHASE_RUN, PHASE_CHECK } Phase;

typedef struct ReadyState {
    Id handle;
    Id task; /* ID_NONE: a plain callback */
    Id future;
    Word what, why, by;
    const char *callback;
    uint32_t since; /* its `ready` event */
} ReadyState;

typedef struct TimerState {
    Id handle;
    Id future;
    int64_t when;
    uint32_t since; /* its `timer` event */
    const char *callback;
} TimerState;

/** Is it in no row of somebody who waits? It calls a function, or will cancel a task. */
static inline bool timer_is_alone(const TimerState *timer)
{
    return timer->future == ID_NONE || id_kind(timer->future) == 't';
}

typedef struct TaskState {
    Id id;
    uint32_t lane;    /* its number among the lanes, in order of becoming one: only state.c looks at it */
    const char *name; /* as of event i */
    const char *coroutine;
    Status status;
    Id on;          /* waiting: on this future or task */
    uint32_t since; /* the event that put it into this status */
    uint32_t steps; /* how often it ran */
    Id source;      /* where it stands in the listing, ID_NONE before its first line */
    uint32_t line;
    const char *function;
    uint32_t ran;     /* the `ran` event that suspended it last (its chain), 0 */
    uint32_t created; /* event; the main program: 0, before everything */
    uint32_t loop;    /* its loop's number */
} TaskState;

typedef struct FutureState {
    Id id;
    const char *of; /* sleep, wait, user, …; "task" for a task; "" when the trace does not tell */
    Status status;  /* waiting: pending */
    const char *value;
    uint32_t created, done;
    const Id *kids; /* of a wait: what it waits for */
    size_t kid_count, kids_done;
    Id lock;         /* of a wait for a lock: which (l…), where the trace tells */
    Until until;     /* which of them it needs */
    bool kid_failed; /* UNTIL_EXCEPTION: there is the one that fails */
    bool has_timer;  /* a pending timer completes it */
    int64_t when, timer_from;
} FutureState;

/** The state after event i: plain data, yours to look at until the next state_at() on it. Where a program has
 * several loops (in threads of their own, or one inside the other), what is of one loop is that of the loop
 * which did something last; the tasks are everybody's. */
typedef struct State {
    uint32_t i;
    int64_t ts;

    /* Of one loop: from `loop` to `queued`. */
    uint32_t loop;      /* its number, from 1; 0 before the first */
    uint32_t iteration; /* 0 before the first */
    Phase phase;
    bool closed;
    bool selecting;            /* between select and selected */
    int64_t select_timeout;    /* of the current iteration; -1 for ever */
    uint32_t batch, batch_run; /* handles this iteration runs, and has started */
    Id handle;                 /* the handle that runs, ID_NONE */
    Id running; /* the task or hand-driven coroutine that runs; ID_MAIN: the main program; ID_NONE: nobody */
    const char *call; /* name of the callback that runs when it is no task's */
    ReadyState *ready;
    size_t ready_count;
    TimerState *timers; /* by (when, handle number) */
    size_t timer_count;
    size_t timers_alone;     /* of them: those that complete no future, as call_later's and timeout's */
    ReadyState *ready_start; /* `ready` and `timers` lie in these, and leave from their fronts */
    TimerState *timer_start;
    size_t ready_room, timer_room;
    uint32_t run, queued; /* of the handle that runs: its `run` event and its `ready` event, 0 */

    TaskState *tasks; /* every lane that exists and has not ended, by creation */
    size_t task_count;
    Id source; /* where the program stands: the last line run */
    uint32_t line;
    uint32_t outputs, ends; /* how many of history_outputs / history_ended lie at or before i */
    bool stuck, ended;
    uint32_t hand; /* the last `switch`, 0 */

    /* Only state.c looks at these. */
    const History *history;
    uint32_t generation;
    size_t task_room;
    size_t gone;          /* tasks that have ended and are not taken out yet */
    size_t found;         /* index of the task that was looked up last */
    struct State *others; /* what is of the other loops, of whom one did something before */
    size_t other_count, other_room;
    struct State *behind; /* a few states before this one, in order, left there on the way back */
    size_t behind_count;
} State;

/** Makes *state (zeroed before the first use) the state after event i; 0 is before everything. Cheap in both
 * directions. */
bool state_at(State *state, const History *history, uint32_t i);
void state_clear(State *state);
/** The lane's state, or NULL when it does not exist or has ended. */
const TaskState *state_task(const State *state, Id id);
/** The place in the ready queue of the one that this iteration runs next: the first, or whom a schedule has
 * chosen; as many as are ready when that cannot be told. */
size_t state_next_ready(const State *state, const History *history);
/** Is the loop of this number closed? */
bool state_is_closed(const State *state, uint32_t loop);
/** What is known of a future or task after event state->i. */
FutureState state_future(const State *state, const History *history, Id future);

/* ------------------------------------------------------------------------------------------- check ---- */

/** Format and invariants (TRACE.md). @return the number of violations; the first ones are told to `tell`, one
 * line each */
typedef void (*CheckTell)(void *context, uint32_t line, const char *rule, const char *message);
uint32_t history_check(const char *bytes, size_t count, CheckTell tell, void *context);

#endif
