/*
 * future.h — a future, from the inside.
 *
 * While it is pending it has a list of handles: its done-callbacks, a waiting task's wake-up among them.
 * Being done moves them to the ready queue in that order. Nothing is ever called from here.
 */
#ifndef FUTURE_H
#define FUTURE_H

#include "handle.h"
#include "memory.h"

typedef enum FutureState {
    FUTURE_PENDING,
    FUTURE_CANCELLED,
    FUTURE_FINISHED,
} FutureState;

typedef struct Gather Gather;

/* What every step of a task touches stands last, beside what a task adds. */
struct Future {
    Loop *loop;
    Value result; /* or the exception */
    union {
        struct { /* while pending */
            QueueEntry *first_callback, *last_callback;
        };
        struct { /* when failed and nobody looked: in the loop's list */
            Future *next_unseen, *previous_unseen;
        };
    };
    union {
        const char *cancel_message;
        Future *next_doomed; /* of one that nobody holds any more */
    };
    Gather *gather; /* the children of a gather's future, else NULL */
    uint32_t references;
    uint32_t number;    /* f or t, in the trace */
    unsigned state : 8; /* FutureState; the bits fill a word, as those of a QueueEntry */
    unsigned is_task : 8;
    unsigned unseen : 8;       /* failed, and nobody looked at the exception */
    unsigned marked : 1;       /* by whoever makes a set of futures, while it does */
    unsigned message_once : 1; /* of a cancelled task: its message is for the first who asks, as CPython's
                                  exception is */
    unsigned lodged : 1;       /* in memory that is not the pool's, until nobody holds it any more */
    unsigned unused_bits : 5;
};

/** What is said where a future should be and is NULL: memory ran out where it was made. */
Value future_missing(void);

/** The last reference is gone. */
void future_destroy(Future *future);

/** future_release() of a future that is there. */
static inline void future_unreference(Future *future)
{
    if (UNLIKELY(--future->references == 0))
        future_destroy(future);
}

/** future_release(), for a Guard. */
void future_give_back(void *future);
/** A pending future. @param of what made it, for the trace. @return one reference; NULL when out of memory */
Future *future_new(Loop *loop, const char *of, Future *const *kids, size_t kid_count);
/** What else the trace tells of a future. */
typedef struct FutureStory {
    const char
        *return_when; /* of several futures: which of them it needs, as asyncio.wait calls it; or NULL */
    uint32_t lock;    /* of a wait for a lock: its number in the trace; or 0 */
} FutureStory;

/** The same, with what else is to be told. @param story or NULL */
Future *future_new_told(Loop *loop, const char *of, Future *const *kids, size_t kid_count,
                        const FutureStory *story);
/** FINISHED or CANCELLED, and the callbacks to the ready queue; it must be pending. */
void future_finish_with(Future *future, FutureState state, const Value *result);
static inline void future_finish(Future *future, FutureState state, Value result)
{
    future_finish_with(future, state, &result);
}
/** future_link_callback() without a word to the trace. */
static inline void future_append_callback(Future *future, QueueEntry *entry)
{
    entry->next = NULL;
    if (future->first_callback)
        future->last_callback->next = entry;
    else
        future->first_callback = entry;
    future->last_callback = entry;
}
/** Reports, once, an exception that nobody looked at, or a pending task that is dropped. */
void future_report(Future *future);
/** Marks its exception as looked at. */
void future_see(Future *future);
/** CancelledError with its message. */
Value future_cancelled_error(Future *future);
/** Adds a callback whose context is counted: takes over one reference to it. @return false when out of memory
 */
bool future_add_shared_callback(Future *future, const char *name, FutureCallback function, Shared *context);

#endif
