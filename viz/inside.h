/*
 * inside.h — what a History is made of. For the files that build it; everybody else uses history.h.
 *
 *     history.c   bytes → lines → events; what can be asked
 *     index.c     what each event adds: records, lanes, iterations, outputs
 *     lane.c      lanes and their spans
 *     edge.c      what created, woke, cancelled what
 *     state.c     the state after an event: apply one more (state_queue.c: its ready queue and timers)
 *     keyframe.c  states kept, and the way from one to any event
 */
#ifndef VIZ_INSIDE_H
#define VIZ_INSIDE_H

#include "history.h"
#include "pack.h"
#include "read.h"
#include "table.h"

/** A future or a task. 0 is "not yet". */
typedef struct FutureRecord {
    uint32_t created, done, timer; /* events; of several timers the last */
    uint32_t kids;                 /* place of its list */
    uint32_t lane;                 /* task: index of its lane + 1 */
} FutureRecord;

typedef struct CoroutineRecord {
    uint32_t created; /* event */
    uint32_t lane;    /* driven by hand: index of its lane + 1 */
    Id task;          /* whose object it is */
} CoroutineRecord;

typedef struct HandleRecord {
    uint32_t timer; /* event that put it on the heap */
    uint32_t over;  /* event at which it left: due or cancelled */
    uint32_t ready; /* event that queued it */
} HandleRecord;

/** A line of a source, and the function that was at it last. */
typedef struct PlaceRecord {
    Id source;
    uint32_t line;
    const char *function;
} PlaceRecord;

typedef struct LaneRecord {
    Lane lane;
    Span *spans;
    size_t span_count, span_capacity;
    Id creator;  /* the lane that ran when it was created */
    bool queued; /* its first `ready` has been seen */
} LaneRecord;

typedef struct List {
    uint32_t *items;
    size_t count, capacity;
} List;

/** States kept on the way. They are the history's, and looking at a state may add one: what is known does not
 * change by it. */
typedef struct Keyframes {
    State **at; /* in order */
    size_t count, capacity, bytes;
} Keyframes;

/* What is told of one name. */
typedef struct ExhibitRecord {
    const char *name;
    List progress, pictures; /* their events */
    List looks;              /* of each picture: fault, width, height, bytes */
} ExhibitRecord;

struct History {
    /* reading */
    Texts *texts;
    Chains *chains;
    Reader *reader;
    char *pending; /* the line of which the end has not come yet */
    size_t pending_count, pending_capacity;
    bool skipping; /* … and is too long: thrown away up to its newline */
    double newer;  /* the version of a trace that is refused for it, else 0 */
    bool refused, finished, is_virtual, out_of_memory;
    uint32_t line, bad_lines, expected;
    char *header;
    char schedule[SCHEDULE_LONGEST]; /* "" when it is asyncio's order */
    char problem[256];

    /* events, and what is known by id */
    Pack pack;
    Table futures, tasks, coroutines, handles;
    Table places;
    Table namesakes; /* uint32_t: lanes by the number of their function's text */
    List sources;    /* their events */
    List c_lines;    /* by line of the listing */

    /* derived */
    LaneRecord *lanes; /* in order of becoming one */
    size_t lane_count, lane_capacity;
    List order;      /* the lanes to be seen, by creation: indexes */
    bool disordered; /* … once lane_settle() has put it so */
    Iteration *iterations;
    size_t iteration_count, iteration_capacity;
    Edge *edges;
    size_t edge_count, edge_capacity;
    List outputs, ends, ended;
    ExhibitRecord *exhibits; /* what has a progress or a picture, in order of its first one */
    size_t exhibit_count, exhibit_capacity;
    List kids;               /* of the wait that is being called */
    Id wait;                 /* that wait's future, ID_NONE when none is */
    uint32_t end;            /* the `end` event */
    List loop_from, loop_of; /* events from which on another loop is at hand, and its number */
    const char *thread;      /* in which the loop at hand runs; NULL: the first */
    bool has_loop;           /* a `loop` event was seen: the main program is no lane */

    /* state */
    State live; /* after the last event; its tasks stand in the order of becoming lanes */
    Keyframes *keys;
    uint32_t key_tried;  /* the event at which the last one was made, whether or not it is still there */
    uint32_t generation; /* counts what changes states that were already given out */
};

bool list_add(List *list, uint32_t item);
/** How many items are at most `item`; they are in order. */
size_t list_until(const List *list, uint32_t item);

/* index.c: what event i adds before and after it is applied to the live state. @return false: out of memory
 */
/** Adds to an event what only those before it tell: of a `leave`, the function that it goes back to. */
void index_complete(const History *history, Event *event);
bool index_before(History *history, const Event *event);
bool index_after(History *history, const Event *event);
FutureRecord *future_record(const History *history, Id id);
CoroutineRecord *coroutine_record(const History *history, Id id);
HandleRecord *handle_record(const History *history, Id id);

/* exhibit.c */
bool exhibit_add(History *history, const Event *event);
void exhibit_free(History *history);
size_t exhibit_bytes(const History *history);

/* lane.c */
LaneRecord *lane_record(const History *history, Id id);
/** Which lane a coroutine object runs in: its task's, its own, the main program's; ID_NONE when in none. */
Id lane_of_coroutine(const History *history, Id coroutine);
/** Makes one at `created`. @return NULL when out of memory */
LaneRecord *lane_add(History *history, Id id, uint32_t created);
bool lane_span(History *history, Id id, uint32_t i, Status status, Id on);
bool lane_end(History *history, Id id, uint32_t i, Status status);
void lane_hide_main(History *history);
/** Puts the lanes in order after some that became known late. */
void lane_settle(History *history);

/* edge.c */
bool edge_add(History *history, const Event *event);

/* state.c */
/** Makes the state the one after `event`. `grow`: the history, to write down its spans too; else NULL. */
bool state_apply(State *state, const History *history, const Event *event, History *grow);
TaskState *state_find(State *state, const History *history, Id id);
/** Puts a lane in its place among the tasks. */
bool state_add_task(State *state, const History *history, const LaneRecord *lane, Status status);
/** Takes out what has ended. */
void state_tidy(State *state);
void state_forget_main(State *state);
/** What is of one loop is from now on what is of this one. */
bool state_turn(State *state, uint32_t loop);

/* state_queue.c */
bool state_push_ready(State *state, const ReadyState *entry);
/** Takes the handle out, wherever it stands: at the head in every good trace. */
ReadyState state_take_ready(State *state, Id handle);
bool state_push_timer(State *state, const Event *event);
/** A timer that is not there is no mistake: sleep() cancels its own after it has fired. */
void state_take_timer(State *state, const History *history, Id handle);

/* keyframe.c */
bool keyframe_take(History *history);
/** A lane is known only now that begins at `created`: what was kept since then lacks it. */
void keyframe_drop(History *history, uint32_t created);
void keyframe_free(Keyframes *keys);

#endif
