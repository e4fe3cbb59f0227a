/*
 * scheduler.h — the loop, from the inside, and the one way into the ready queue.
 */
#ifndef SCHEDULER_H
#define SCHEDULER_H

#include "future.h"
#include "heap.h"
#include "memory.h"
#include "poller.h"
#include "ready.h"
#include "text.h"

typedef enum ReadyBy {
    BY_SOON,
    BY_TIMER,
    BY_IO,
} ReadyBy;

struct Loop {
    ReadyQueue ready;
    TimerHeap timers;
    Trace *trace;         /* of the thread, when the loop was made while it was open */
    Task *current;        /* is being stepped */
    Coroutine *runner;    /* runs it */
    Coroutine *generator; /* being driven by next() when it began to run */
    uint64_t iterations;
    Task *first_task, *last_task; /* not done, in order of creation; no references */
    Future *unseen;               /* failed, and nobody looked at the exception */
    Poller poller;
    size_t stack_size;
    LoopClock clock;
    bool running, stopping, closed;
    bool in_callback;
    Value raised; /* by the callback that runs; at last KeyboardInterrupt or SystemExit, which ends the run */
    uint32_t references; /* the program's, and one for every future and handle */
    uint32_t number;
    Loop *next; /* open loops of this thread */
    LoopExceptionHandler handler;
    void *handler_context;
    Texts texts;
};

/** A handle of this kind in the timer heap. @return borrowed from the heap; NULL when out of memory */
Handle *loop_schedule(Loop *loop, int64_t when, HandleKind kind, const char *name, Future *future,
                      void *context);
void loop_unreference(Loop *loop);
/** asyncio's loop.call_exception_handler */
void loop_report(Loop *loop, const char *message, Value exception, Future *future);
/** KeyboardInterrupt or SystemExit of a handle: it leaves the loop's run, whose batch ends here. */
void loop_interrupt(Loop *loop, Value exception);

void loop_enqueue_traced(Loop *loop, Handle *handle, ReadyBy by);

/** Appends to the ready queue; takes over one reference to the handle. */
static inline void loop_enqueue(Loop *loop, Handle *handle, ReadyBy by)
{
    if (UNLIKELY(loop->closed || loop->trace))
        loop_enqueue_traced(loop, handle, by);
    else
        ready_append(&loop->ready, handle);
}

/** time on a loop's clock */
int64_t clock_now(LoopClock clock);
int64_t clock_monotonic(void);
/** when + delay, without overflow */
int64_t clock_add(int64_t when, int64_t delay);

#endif
