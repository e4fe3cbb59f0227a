/*
 * task.h — a task, from the inside: a future that runs a coroutine.
 */
#ifndef TASK_H
#define TASK_H

#include "future.h"
#include "scheduler.h"
#include "thread.h"
#include "value.h"

typedef enum TaskNaming {
    NAMED_BY_NUMBER,
    NAME_WRITTEN,
    NAME_GIVEN,
} TaskNaming;

struct Task {
    Future future;        /* first: a task is a future */
    Coroutine *coroutine; /* NULL when it has ended */
    Future *waiter;       /* what it waits on; a reference */
    Task *next;           /* in the loop's list of tasks that are not done */
    Task *previous;
    const char *function;
    union {
        char *given_name;
        uint32_t name_number; /* of Task-N, until that is asked for */
        char own_name[16];    /* it, written down */
    };
    int32_t cancelling;
    uint8_t naming; /* which of these it is: TaskNaming */
    bool silent;    /* no report when it is dropped while pending */
};

/** Prepares a step: what will the coroutine's await give? @return false when the task has ended instead */
bool task_before_step(Task *task);
/** Has its waiter a result at hand, that the task can just fetch itself? */
static inline bool task_can_fetch(const Task *task)
{
    const Future *waiter = task->waiter;
    return LIKELY(waiter->state == FUTURE_FINISHED && waiter->result.kind != VALUE_EXCEPTION &&
                  !waiter->gather);
}
/** Its coroutine has ended. @return as task_step() */
bool task_ended(Task *task);
/** Out of the loop's list of tasks that are not done. */
static inline void task_unlist(Loop *loop, Task *task)
{
    if (task->previous)
        task->previous->next = task->next;
    else
        loop->first_task = task->next;
    if (task->next)
        task->next->previous = task->previous;
    else
        loop->last_task = task->previous;
}
/** The loop closes: a pending task will never run again. */
void task_forget(Task *task);
/** Gives back what it holds: its coroutine, its waiter, a name. */
void task_let_go(Task *task);
/** The last reference is gone. */
static inline void task_destroy(Task *task)
{
    if (UNLIKELY(task->future.state == FUTURE_PENDING || task->naming == NAME_GIVEN))
        task_let_go(task);
    Loop *loop = task->future.loop;
    pool_give(&thread.task_pool, task);
    loop_unpromise(loop);
}
/** Suspends the running task until the future, a pending one, is done. @return its result, or what is thrown
 */
Value task_wait_for(Task *task, Future *future);
/** task_wait_for() from inside the library: as a frame of its own. @param future NULL: gives one turn to the
 * others
 */
Value task_wait_in(Frame *frame, Task *task, Future *future);
/** task_create_named() on this loop. */
Task *task_create_on(Loop *loop, Coroutine *coroutine, const char *name);
/** Releases the coroutines that were given to be taken over. */
void awaitables_give_up(const Awaitable *items, size_t count);
/** Of a step or a wake-up: the coroutine in which it lies, and its task. */
static inline Coroutine *entry_coroutine(const QueueEntry *entry)
{
    return (Coroutine *)entry;
}
static inline Task *entry_task(const QueueEntry *entry)
{
    return entry_coroutine(entry)->task;
}
/** The running task, if the code that asks is its coroutine; NULL: nothing can be awaited here. */
static inline Task *task_awaiting(void)
{
    const Coroutine *self = thread.current;
    return self ? self->task : NULL;
}

/** As what it stands in the queue after giving the others a turn: a cancel that came meanwhile is thrown. */
static inline HandleKind task_turn_kind(const Coroutine *self)
{
    return UNLIKELY(self->must_cancel) ? HANDLE_STEP : HANDLE_TURN;
}

/** The running task goes to the end of the ready queue, and the reference that its step holds goes with it.
 */
static inline __attribute__((always_inline)) void task_enqueue_turn(Loop *loop, Coroutine *self)
{
    HandleKind kind = task_turn_kind(self);
    if (UNLIKELY(self->entry.kind != kind)) /* a store saved, most of the time */
        self->entry.kind = kind;
    ready_append(&loop->ready, &self->entry);
}

#endif
