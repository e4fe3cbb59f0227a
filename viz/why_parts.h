/*
 * why_parts.h — what the sentences share: the events to tell, surveyed once, and names for what is in them.
 *
 * why.c finds out which thing in a range of events is the one to tell; the tell_… functions say it:
 *
 *     why_run.c    a step begins, a step ends, a callback has run
 *     why_wake.c   who is made ready, and by what: creation, results, cancels
 *     why_connect.c  connections: accepting, setting up, reading
 *     why_loop.c   select, the batch, whole iterations, run's shutdown, stuck, the end
 *     why_plain.c  what happens without a loop's doing: output, calls, switches, lines; and any single event
 */
#ifndef VIZ_WHY_PARTS_H
#define VIZ_WHY_PARTS_H

#include "ends.h"
#include "phrase.h"
#include "vocabulary.h"
#include "why.h"

/** The events after `from` up to `until`, and the sentence in the making. */
typedef struct Telling {
    const History *history;
    const State *state; /* after `until` */
    uint32_t from, until;
    Phrase phrase;
    uint32_t first[EV_KINDS], last[EV_KINDS], count[EV_KINDS]; /* of each kind: where, and how many */
} Telling;

/** Room for a name. */
typedef struct Text {
    char text[160];
} Text;

/** A list of bold names; beyond a few only their number is kept. */
typedef struct Names {
    char text[640], newest[400]; /* the newest is put behind the others when it is known whether more come */
    bool also;           /* … and is no plain name: what stands before it must not be read with it */
    size_t count, shown; /* all of them; those that are listed */
} Names;

static inline bool tell_has(const Telling *telling, EventKind kind)
{
    return telling->count[kind] > 0;
}

/* ------------------------------------------------------------------------------- names (why_names.c) ---- */

/** Line `line` of a source, without what stands before and behind the code; NULL: not known, or too long. */
const char *code_of(const History *history, Id source, uint32_t line, Text *buffer);
/** A lane as the sentence calls it. */
const char *name_of(const Telling *telling, Id id, Text *buffer);
/** A future as the program made it: "sleep(1)"; a task by its name. */
const char *future_name(const Telling *telling, Id future, Text *buffer);
/** Whoever runs after `until`; the main program when nobody does. */
const char *actor_name(const Telling *telling, Text *buffer);
/** What a task awaits that has suspended with the event `ran`. */
const char *awaited_name(const Telling *telling, Id on, uint32_t ran, Text *buffer);
/** The words for what is waited for; NULL where there are none, or where the program called something else,
 * of which this is only a part: an Event.wait within a queue's join. `task` is who waits, or did last. */
const FutureWords *words_for(const Telling *telling, Id future, Id task);
/** A callback in the queue by what it is for: "the `sleep(1)` timer of **a**", as markup. */
const char *handle_name(const Telling *telling, const ReadyState *ready, char *buffer, size_t size);
void names_add(const Telling *telling, Names *names, Id id);
/** Adds a text that is markup already, and more than a name. */
void names_add_text(const Telling *telling, Names *names, const char *markup);
/** One more that is only counted. */
void names_count(Names *names);
/** "**a** and **b**"; "**a**, **b** and 2 more": for a '+' slot. */
const char *names_text(const Telling *telling, Names *names);

FutureState future_of(const Telling *telling, Id future);
bool future_is(const FutureState *future, const char *of);
/** The `ready` event of a handle that was in the queue before event i; of kind EV_NONE when it is not found.
 */
Event ready_of(const Telling *telling, Id handle, uint32_t i);
/** The `timer` event of a handle that was set before event i; of kind EV_NONE when it is not found. */
Event timer_of(const Telling *telling, Id handle, uint32_t i);
/** The entry in the queue that a `ready` event made. */
ReadyState entry_of(const Event *ready);
/** The tasks that wait on this future. */
void names_of_waiters(const Telling *telling, Id future, Names *names);

/* ------------------------------------------------------------------------------------------- telling ---- */

void tell_run(Telling *telling);
void tell_ran(Telling *telling);
void tell_callback(Telling *telling);

void tell_created(Telling *telling);
/** A `ready` (and the `done` before it, if it is in the range). */
void tell_ready(Telling *telling);
void tell_cancel(Telling *telling);

/** Is this one of the loop's own tasks, that only sets up a connection which has come in? */
bool is_accepting(const Telling *telling, Id task);
/** Does a task wait for a socket? */
bool watches_sockets(const Telling *telling);
/** What a callback for a connection has done, that began with event `run`. @return false: it is not for one
 */
bool tell_connection(Telling *telling, uint32_t run, const CallbackWords *words);
/** Is the range what an iteration has run that only sets connections up (beat.c)? */
bool is_connecting(const Telling *telling);
void tell_connecting(Telling *telling);

void tell_select(Telling *telling);
void tell_batch(Telling *telling);
void tell_rounds(Telling *telling);
void tell_helper(Telling *telling);
void tell_stuck(Telling *telling);
void tell_end(Telling *telling);

void tell_output(Telling *telling);
/** Where the program is by now, if it has gone on to another line since it printed: that one is lit. */
void tell_line_behind(Telling *telling, uint32_t output);
void tell_enter(Telling *telling);
void tell_line(Telling *telling);
/** How far a task has come that goes on since its `run`: to another line, round to the same one, out of a
 * block.
 */
void tell_way(Telling *telling, const Event *run);
/** Any event by itself. */
void tell_event(Telling *telling, uint32_t i);

#endif
