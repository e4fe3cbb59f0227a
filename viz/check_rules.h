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

typedef struct Rules {
    CheckTell tell;
    void *context;
    uint32_t line;  /* of the file, for what is told */
    uint32_t count; /* violations */
    bool is_virtual, out_of_memory;

    Table known[6]; /* t f h c s k */
    Entry *queue;
    size_t queue_first, queue_count, queue_room;
    Due *heap; /* pending timers, the first on top; those that have left are taken off when met */
    size_t heap_count, heap_room;

    Event last;      /* the event before */
    Id handle, task; /* that run, ID_NONE */
    bool selecting, selected, batched, ended;
    int64_t select_ts, select_timeout, iteration, batch, runs;
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

/* check_queue.c */
void rules_push(Rules *rules, Id handle, Id task);
/** Takes a handle out of the queue. @return its task; *place where it stood, -1 when nowhere */
Id rules_take(Rules *rules, Id handle, long *place);
void rules_push_timer(Rules *rules, Due due);
/** The timer that is due next, or NULL. */
const Due *rules_due(Rules *rules);

#endif
