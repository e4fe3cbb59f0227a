/*
 * scheduler.h — the loop, from the inside, and the one way into the ready queue.
 */
#ifndef SCHEDULER_H
#define SCHEDULER_H

#include "executor.h"
#include "future.h"
#include "heap.h"
#include "memory.h"
#include "poller.h"
#include "ready.h"
#include "signals.h"
#include "text.h"
#include "threadsafe.h"
#include "watch.h"

typedef enum ReadyBy {
    BY_SOON,
    BY_TIMER,
    BY_IO,
    BY_THREAD,
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
    Gate *gate;
    size_t sources;     /* that can wake it from outside: descriptors, signals, jobs in threads */
    int64_t waited;     /* for them, in real time, while the first timer's time was … */
    int64_t waited_for; /* … this, and the clock virtual */
    bool ringing;       /* its gate's descriptor is, or may be, ready to be read */
    bool executor_shut;
    bool interrupted; /* by SIGINT; main was cancelled */
    Task *main;       /* that the first SIGINT cancels; NULL: there is none */
    Poller poller;
    Watches watches;
    Signals *signals;   /* NULL: it handles none */
    Executor *executor; /* NULL: it has had no job yet */
    pthread_t thread;
    char *receive; /* into which all sockets receive; NULL: none has yet */
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

/** Appends a handle that may stand in the queue already; the reference that it was found by is not the
 * queue's. */
void loop_enqueue_again(Loop *loop, Handle *handle, ReadyBy by);
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

#endif
