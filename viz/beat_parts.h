/*
 * beat_parts.h — what the files behind beat.h share: the reader's memory while the events go by.
 *
 *     beat.c          the rules, and the list of stops
 *     beat_held.c     stops that are only known one event later
 *     beat_connect.c  iterations in which asyncio only sets connections up
 */
#ifndef VIZ_BEAT_PARTS_H
#define VIZ_BEAT_PARTS_H

#include "beat.h"

/** Inside what the events are. */
typedef enum Scope { SCOPE_NONE, SCOPE_TASK, SCOPE_CALLBACK, SCOPE_QUIET } Scope;

/** What the held stop still takes in. */
typedef enum Joins {
    JOINS_WAKES,   /* a future is done: its waiters become ready. No stop unless one does */
    JOINS_CANCELS, /* a cancel: what it cancels and wakes */
    JOINS_RETURN,  /* a callback has called loop.stop(): the loop returns */
    JOINS_END,     /* stuck: the trace ends */
    JOINS_LINE,    /* half a line of output: the rest of it */
    JOINS_ERRORS,  /* a line of error output: those that follow, a traceback is told as a whole */
    JOINS_WARNING, /* coroutines that were never awaited: the warning, and more of them */
    JOINS_OBJECTS, /* coroutine objects made in a row. No stop when they are used at once */
} Joins;

struct Beats {
    uint32_t *stops;
    size_t count, capacity;
    uint32_t *notes; /* those of the stops that have a note, or a mark of the program's own */
    size_t note_count, note_capacity;
    uint32_t seen; /* events taken in */
    bool failed;   /* out of memory */

    const About *about; /* the lesson whose notes are heeded, or NULL */
    uint32_t noted;     /* an event since the last stop that it has a note at, 0 */

    Scope scope;
    Id task;               /* of SCOPE_TASK */
    bool helper;           /* one of run's shutdown tasks is under way */
    bool connecting;       /* this iteration only sets connections up */
    bool connects, others; /* … and of the next one: it has such work, and other work too */
    uint32_t run;          /* the last `run` event */
    bool selecting;        /* from `select` to `batch` */
    bool stopping;         /* the callback has called loop.stop() */
    bool split;            /* the step has stops inside: every output is one */
    bool requeued;         /* the task has queued itself: what was to see before is behind a stop */
    uint32_t output;       /* an output that is a stop only when something else in its step is, 0 */

    uint32_t held; /* 0: none */
    Joins joins;
    bool woken; /* JOINS_WAKES has taken a wake-up in */

    bool moved;                  /* something but a line has changed since the last stop */
    uint32_t line, line_at_stop; /* the last `line` event, and the one at the last stop */
};

/** A stop at event i; none when there is one there, or behind it, already. */
void beat_stop(Beats *beats, uint32_t i);
/** A stop for which an output before it becomes one too. */
void beat_stop_apart(Beats *beats, uint32_t i);
/** Shows what there is before event i moves something. */
void beat_stop_before(Beats *beats, const History *history, uint32_t i);

/** A stop at event i, or at one after it that it takes in. */
void beat_hold(Beats *beats, uint32_t i, Joins joins);
/** @return true when the held stop has taken the event in; else there is none any more */
bool beat_held_take(Beats *beats, const History *history, const Event *event);
/** No more is taken in. @param next NULL: nothing comes */
void beat_release(Beats *beats, const Event *next);
/** Does the output end its line? */
bool beat_ends_line(const Event *event);

/** A `ready`: what joins the queue runs in the next iteration, and nothing else does. */
void beat_queue_connecting(Beats *beats, const History *history, const Event *ready);
/** The batch is fixed. */
void beat_begin_connecting(Beats *beats);
/** Event i is no longer of such an iteration. */
void beat_end_connecting(Beats *beats, uint32_t i);
/** A line of the program runs after all: a function of its own is told of a connection. */
void beat_leave_connecting(Beats *beats);

#endif
