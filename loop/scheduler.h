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
#include "stack.h"
#include "text.h"
#include "threadsafe.h"
#include "watch.h"

typedef enum ReadyBy {
    BY_SOON,
    BY_TIMER,
    BY_IO,
    BY_THREAD,
} ReadyBy;

/* What a turn touches stands first. */
struct Loop {
    ReadyQueue ready;
    size_t batch_end;  /* where in the ready queue this iteration's handles end */
    Task *current;     /* is being stepped */
    Coroutine *runner; /* runs it */
    uint64_t iterations;
    bool running : 1, stopping : 1, closed : 1;
    bool watched : 1; /* each handle is looked at, or chosen, by the loop itself: no direct turns (step.h) */
    bool ringing : 1; /* its gate's descriptor is, or may be, ready to be read */
    size_t sources;   /* that can wake it from outside: descriptors, signals, jobs in threads */
    Gate *gate;
    TimerHeap timers;
    Trace *trace;                 /* of the thread, when the loop was made while it was open */
    Coroutine *generator;         /* being driven by next() when it began to run */
    Task *first_task, *last_task; /* not done, in order of creation; no references */
    Future *unseen;               /* failed, and nobody looked at the exception */
    int64_t waited;               /* for them, in real time, while the first timer's time was … */
    int64_t waited_for;           /* … this, and the clock virtual */
    bool executor_shut;
    bool interrupted; /* by SIGINT; main was cancelled */
    Task *main;       /* that the first SIGINT cancels; NULL: there is none */
    Poller poller;
    Watches watches;
    Signals *signals;   /* NULL: it handles none */
    Executor *executor; /* NULL: it has had no job yet */
    pthread_t thread;
    const void *home;  /* the state of that thread */
    bool freed;        /* by the program; what still refers to it holds it */
    char *receive;     /* into which all sockets receive; NULL: none has yet */
    StackPool *stacks; /* for its coroutines */
    LoopClock clock;
    bool in_callback;
    LoopChoose choose; /* of those that could run next; NULL: always the first */
    void *choose_context;
    Value raised; /* by the callback that runs; at last KeyboardInterrupt or SystemExit, which ends the run */
    uint32_t references; /* the program's and the futures'; tasks and handles hold it by ready.promised */
    uint32_t number;
    Loop *next; /* open loops of this thread */
    LoopExceptionHandler handler;
    void *handler_context;
    Texts texts;
};

/** A handle of this kind in the timer heap. @return borrowed from the heap; NULL when out of memory */
Handle *loop_schedule(Loop *loop, int64_t when, HandleKind kind, const char *name, Future *future,
                      void *context);
/** The same for a handle that was just made: takes over its reference. */
Handle *handle_schedule(Handle *handle, int64_t when, Future *future, void *context);
void loop_unreference(Loop *loop);
/** Nothing holds it any more. */
void loop_destroy(Loop *loop);
/** A handle or a task is gone, which was promised a place in the ready queue, and held the loop by that. */
static inline void loop_unpromise(Loop *loop)
{
    if (UNLIKELY(--loop->ready.promised == 0) && !loop->references)
        loop_destroy(loop);
}
/** asyncio's loop.call_exception_handler */
void loop_report(Loop *loop, const char *message, Value exception, Future *future);
/** KeyboardInterrupt or SystemExit of a handle: it leaves the loop's run, whose batch ends here. */
void loop_interrupt(Loop *loop, Value exception);

/** Appends a handle that may stand in the queue already; the reference that it was found by is not the
 * queue's. */
void loop_enqueue_again(Loop *loop, Handle *handle, ReadyBy by);
void loop_enqueue_traced(Loop *loop, QueueEntry *entry, ReadyBy by);

/** Makes it a pending one. */
static inline __attribute__((always_inline)) void future_start(Future *future, Loop *loop, bool is_task,
                                                               uint32_t references)
{
    future->loop = loop;
    CLEAR(future, Future, result, references); /* NONE and NULL */
    future->references = references;
    future->number = 0;
    future->state = FUTURE_PENDING;
    future->is_task = is_task;
    future->unseen = future->marked = future->message_once = future->lodged = false;
    future->unused_bits = 0;
    if (!is_task)
        loop->references++;
}

void future_link_callback_traced(Future *future, QueueEntry *entry);

/** Puts a CALLBACK or a WAKEUP on the future's list; takes over one reference to it. It must be pending. */
static inline void future_link_callback(Future *future, QueueEntry *entry)
{
    if (UNLIKELY(future->loop->trace != NULL))
        future_link_callback_traced(future, entry);
    else
        future_append_callback(future, entry);
}

/** Appends to the ready queue; takes over one reference. */
static inline void loop_enqueue_entry(Loop *loop, QueueEntry *entry, ReadyBy by)
{
    if (UNLIKELY(loop->closed || loop->trace))
        loop_enqueue_traced(loop, entry, by);
    else
        ready_append(&loop->ready, entry);
}
static inline void loop_enqueue(Loop *loop, Handle *handle, ReadyBy by)
{
    loop_enqueue_entry(loop, &handle->entry, by);
}

/** What had waited for the future, which is done now, becomes ready. @param entry the first of the list */
static inline void future_enqueue_callbacks(Future *future, QueueEntry *entry)
{
    while (entry) {
        QueueEntry *next = entry->next;
        if (entry->kind == HANDLE_CALLBACK) {
            entry_handle(entry)->future = future;
            future->references++;
        }
        loop_enqueue_entry(future->loop, entry, BY_SOON);
        entry = next;
    }
}

/** Can anything outside make it go on? Asked last, the gate: who lets the loop go has rung before. */
static inline bool loop_can_be_woken(const Loop *loop)
{
    return loop->sources || gate_held(loop->gate) || gate_rung(loop->gate);
}

/** time on a loop's clock */
int64_t clock_now(LoopClock clock);

#endif
