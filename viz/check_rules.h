/*
 * check_rules.h — the invariants of a trace, event by event. For check.c.
 */
#ifndef VIZ_CHECK_RULES_H
#define VIZ_CHECK_RULES_H

#include "event.h"
#include "history.h"
#include "table.h"

#include <stdbool.h>

/** What is known of an id. */
typedef struct Known {
    bool exists, done;
    bool pending;   /* handle: on the timer heap */
    bool queued;    /* handle, task: in the ready queue */
    bool cancelled; /* handle */
    bool started;   /* task */
    uint8_t status; /* task: a Status */
    Id on;          /* task: what it waits on */
    int64_t when;   /* handle: timer */
} Known;

typedef struct Entry {
    Id handle, task;
} Entry;

typedef struct Due {
    int64_t when;
    Id handle;
} Due;

/** Of one loop. Several can run, in threads of their own or one inside the other. */
typedef struct LoopRules {
    uint32_t loop;
    Entry *queue;
    size_t queue_first, queue_count, queue_room;
    Due *heap; /* pending timers, the first on top; those that have left are taken off when met */
    size_t heap_count, heap_room;
    Id handle, task; /* that run, ID_NONE */
    bool selecting, selected, batched;
    bool broken; /* the last handle may have let an exception through that ends the run */
    int64_t select_ts, select_timeout, iteration, batch, runs;
} LoopRules;

typedef struct Rules {
    CheckTell tell;
    void *context;
    uint32_t line;  /* of the file, for what is told */
    uint32_t count; /* violations */
    bool is_virtual, out_of_memory;
    bool any_order; /* a schedule chooses who of the batch runs next */

    Table known[6]; /* t f h c s k */
    LoopRules now;  /* of the loop at hand */
    LoopRules *others;
    size_t other_count, other_room;

    Event last; /* the event before */
    bool ended;
} Rules;

void rules_init(Rules *rules, CheckTell tell, void *context);
void rules_free(Rules *rules);
/** Tells a violation at the current line. */
void rules_break(Rules *rules, const char *rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** Checks one event against all that came before, and takes it in. */
void rules_event(Rules *rules, const Event *event);
/** What is known of an id; NULL for ID_NONE and when out of memory. */
Known *rules_known(Rules *rules, Id id);
/** Nothing more comes. */
void rules_end(Rules *rules);

/* check_snapshot.c */
/** The state by the events, to be held against what the recorder saw. */
typedef struct Snapshots Snapshots;

/** @return NULL when out of memory */
Snapshots *snapshots_new(void);
void snapshots_free(Snapshots *snapshots);
/** Takes in the trace's next bytes, whole lines. */
void snapshots_feed(Snapshots *snapshots, const char *bytes, size_t count);
/** Tells where a snapshot's line differs from the state so far. */
void snapshots_check(Snapshots *snapshots, Rules *rules, const char *line, size_t length);

/* check_exhibit.c */
void rules_progress(Rules *rules, const Event *event);
void rules_picture(Rules *rules, const Event *event);

/* check_queue.c */
/** What follows is about this loop. */
void rules_turn(Rules *rules, uint32_t loop);
void rules_push(Rules *rules, Id handle, Id task);
/** Takes a handle out of the queue. @return its task; *place where it stood, -1 when nowhere */
Id rules_take(Rules *rules, Id handle, long *place);
void rules_push_timer(Rules *rules, Due due);
/** The timer that is due next, or NULL. */
const Due *rules_due(Rules *rules);

#endif
