/*
 * waiters.h — what locks, events and queues have in common: a loop that they belong to, and a line of those
 * who wait.
 *
 * Waiting is always the same: a future of one's own at the end of a line, until somebody makes it done; then
 * out of the line again. Who is woken, when, and what follows from it is each object's own matter, so it may
 * look at the futures in its line. A place in the line lies on the stack of the function that waits: standing
 * in line needs no memory, leaving it no search.
 */
#ifndef WAITERS_H
#define WAITERS_H

#include "coroutine.h"
#include "future.h"
#include "thread.h"

/** Every object of this chapter begins with one: its references, and CPython's _LoopBoundMixin. */
typedef struct Bound {
    Shared shared;    /* the program's reference, and one for each call that is under way */
    const char *type; /* as Python calls it */
    uint32_t size;    /* of the object */
    bool freed;       /* the program has given its reference back */
    Loop *loop;       /* in which somebody waited for it first, a reference; NULL: nobody did */
} Bound;

typedef struct Waiter Waiter;

/** Those who wait, in the order in which they came. Who was woken or cancelled stands there until it runs. */
typedef struct Waiters {
    Waiter *first, *last;
    Waiter *asleep; /* all before it were woken or cancelled, so nobody looks at them again */
    Waiter *alive;  /* all before it were cancelled */
} Waiters;

/** One call to an object that may wait, on the stack of the function that is called. */
struct Waiter {
    Guard guard;
    Bound *object;  /* a reference */
    Future *future; /* of the last wait, also after it; NULL: it had none */
    Waiters *line;  /* NULL: stands in none */
    Waiter *next, *previous;
};

/** @return an object of this size, else zero, with one reference; NULL when out of memory */
void *bound_new(size_t size, const char *type, void (*destroy)(Shared *shared));
/** One more reference to an object that begins with a Bound. @return the same object */
void *bound_keep(void *object);
/** Gives one back. With the last one destroy() is called, which ends with bound_free(). NULL: nothing */
void bound_release(void *object);
void bound_free(Bound *object);
/** The program gives its reference back, by this function; twice is misuse. @param what the object's name */
void bound_give_back(void *object, const char *function, const char *what);

/** The first question of every await_… function. @return NONE; MemoryError without an object; RuntimeError
 * outside a task */
Value bound_refuses(const void *object);

/** A call begins: the object stays at least until waiter_end(), or until the coroutine is dropped. */
void waiter_begin(Waiter *waiter, void *object);
void waiter_end(Waiter *waiter);
/**
 * Waits at the end of the line until the future is done; then stands there no longer.
 * @param of what makes the future, for the trace
 * @param frame the function that waits
 * @return True; CancelledError; RuntimeError in another loop, MemoryError: both without having waited, and
 * waiter->future is NULL
 */
Value waiter_wait(Waiter *waiter, Waiters *line, const char *of, Frame *frame);
/** The same, with what else the trace tells of the future. @param story or NULL */
Value waiter_wait_told(Waiter *waiter, Waiters *line, const char *of, const FutureStory *story, Frame *frame);

/** Takes it out of its line, if it stands in one: nobody who looks there finds it any more. */
void waiter_leave(Waiter *waiter);
/** Is anybody in this line who was not cancelled? */
bool waiters_alive(Waiters *line);
/** The first one in this line who was not woken yet, and not cancelled. @return NULL: there is none */
Waiter *waiters_next(Waiters *line);

/** The running function, from here to frame_leave(), for the await chain. */
static inline void frame_enter(Frame *frame, const char *function, const char *file, int line)
{
    *frame = (Frame){.outer = thread.current->frame, .function = function, .file = file, .line = line};
    thread.current->frame = frame;
}
static inline void frame_leave(const Frame *frame)
{
    thread.current->frame = frame->outer;
}

#endif
