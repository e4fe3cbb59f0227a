/*
 * handle.h — a handle: something the loop will call, once.
 *
 * Everything in the ready queue is a handle. A timer is a handle that waits in the heap first; a
 * done-callback is a handle that waits in its future's list first. It is made when the promise is made, so
 * keeping the promise later needs no memory and cannot fail: the ready queue has room for every handle that
 * exists. A task's steps and wake-ups, of which there is never more than one at a time, need none: in queue
 * and list stands its coroutine.
 *
 * Handles are counted: the place where one waits (queue, heap, list) holds a reference.
 */
#ifndef HANDLE_H
#define HANDLE_H

#include "loop.h"

typedef enum HandleKind {
    HANDLE_CALL,         /* a function of the program's: call_soon, call_later, call_at */
    HANDLE_CALLBACK,     /* a future's done-callback */
    HANDLE_STEP,         /* a task's next step */
    HANDLE_TURN,         /* the same of a task that gave the others a turn: its coroutine just goes on */
    HANDLE_WAKEUP,       /* a task's next step, because the future it waits on is done */
    HANDLE_SET_PREPARED, /* a sleep is over: the future's result lies in it already */
    HANDLE_SET_RESULT,   /* Future.set_result(value), later */
    HANDLE_RELEASE_WAIT, /* a wait's timeout */
} HandleKind;

/** A counted record that several callbacks share, as closures share variables in Python. Lies first in it. */
typedef struct Shared {
    uint32_t references;
    void (*destroy)(struct Shared *shared);
} Shared;

/** What stands in the ready queue, or in a future's list: a handle, or a coroutine that is a task's. (The
 * bits fill a word: it is made with one store.) */
#define ENTRY_FIELDS                                                                                        \
    struct QueueEntry *next; /* in a future's list of callbacks */                                          \
    unsigned kind : 8;       /* HandleKind */                                                               \
    unsigned cancelled : 1;                                                                                 \
    unsigned scheduled : 1; /* in the timer heap */                                                         \
    unsigned shares : 1;    /* context is a Shared, and a reference to it */                                \
    unsigned in_order : 1;  /* call_soon's, on any thread: never before one that was called for earlier */  \
    unsigned lodged : 1;    /* a handle in memory that is not the pool's, until nobody holds it any more */ \
    unsigned unused_bits : 19;                                                                              \
    uint32_t number; /* in the trace: of the callback while it is in a future's list, of the handle then */
typedef struct QueueEntry {
    ENTRY_FIELDS
} QueueEntry;

struct Handle {
    union { /* first */
        QueueEntry entry;
        struct {
            ENTRY_FIELDS
        };
    };
    union {
        HandleFunction call;
        FutureCallback callback;
    };
    Loop *loop;
    void *context;
    Future *future; /* that it acts on, or that is done; a reference while it is set */
    const char *name;
    uint32_t references;
};

/** @return a handle with one reference; NULL when out of memory */
Handle *handle_new(Loop *loop, HandleKind kind, const char *name);
/** The same in this memory. @return false when out of memory */
bool handle_lodge(Handle *handle, Loop *loop, HandleKind kind, const char *name);
/** Is it a task's own, in its coroutine? Else it is a handle. */
static inline bool entry_is_step(const QueueEntry *entry)
{
    return entry->kind >= HANDLE_STEP && entry->kind <= HANDLE_WAKEUP;
}
static inline Handle *entry_handle(QueueEntry *entry)
{
    return (Handle *)entry;
}
/** Gives back the reference of the place where it stood: to the handle, or to the task. */
void entry_release(QueueEntry *entry);
/** Does it. @return as task_step() */
bool handle_run(Handle *handle);

void shared_release(Shared *shared);
/** For destroy(), of what a program frees: its block goes only when some more have gone, so that freeing it
 * twice can be told.
 * @param size of the block @param kept so many bytes of it stay readable under ASan */
void shared_free(Shared *shared, size_t size, size_t kept);

#endif
