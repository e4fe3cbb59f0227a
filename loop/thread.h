/*
 * thread.h — everything that belongs to one thread: what runs in it now, its pools, its trace, its clock.
 *
 * Threads share nothing but code, so nothing here is locked.
 */
#ifndef THREAD_H
#define THREAD_H

#include "coroutine.h"
#include "text.h"

/** The warnings that were given, and the listing's lines that they were given at. */
enum { WARNED_MOST = 64 };
typedef struct Warned {
    const char *texts[WARNED_MOST];
    int lines[WARNED_MOST];
    unsigned count;
} Warned;

enum { GONE_MOST = 8, GONE_OBJECTS = 32 };

typedef struct ThreadState {
    Coroutine *current;   /* runs now; &root outside all coroutines */
    Coroutine *generator; /* innermost of those that are being driven by next() */
    Loop *running;
    Loop *loops; /* all that are open */
    Lock *locks; /* all that there are */
    Trace *trace;
    unsigned traces : TRACE_BITS; /* how many there have been */
    uint32_t coroutines;          /* serials */
    uint32_t task_names;
    int64_t virtual_now;
    struct Naps *naps; /* of the loop whose job this thread does, if its clock is virtual */
    uint64_t job;      /* its number */
    LoopOptions defaults;
    LoopChoose choose; /* of loops that begin to run */
    void *choose_context;
    Coroutine root;
    Frame module;                       /* outside all coroutines */
    Future *first_doomed, *last_doomed; /* to be destroyed when those that held them are gone */
    unsigned destroying;                /* one inside the other */
    Pool coroutine_pool, future_pool, task_pool, handle_pool, frame_pool;
    StackPool *stack_pools;
    bool stacks_watched; /* some of them are: stack.h */
    Texts texts;         /* made outside any loop */
    Texts run_texts;     /* of the last loop_run() */
    Listing listing;
    Warned warned;
    Loop *gone_loops[GONE_MOST]; /* freed last: that they are closed can still be seen */
    unsigned gone_count;
    void *gone_objects[GONE_OBJECTS]; /* locks, queues, servers, freed last: to free one twice is told */
    unsigned gone_object_count;
    bool prepared;
} ThreadState;

extern _Thread_local ThreadState thread;

void thread_prepare_first(void);

/** To be called before anything else by every function that makes something. */
static inline void thread_prepare(void)
{
    if (UNLIKELY(!thread.prepared))
        thread_prepare_first();
}

#endif
