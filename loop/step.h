/*
 * step.h — one step of a task, CPython's Task.__step: let its coroutine run until it waits, yields or ends.
 *
 *     the loop ──► a task ──► the loop ──► the next task ──► the loop …     as it is told
 *     the loop ──► a task ──► the next task ──► … ──► the loop              as it is done
 *
 * Most of the time the next handle is a task's, and there is nothing to be decided: its coroutine goes on
 * after a turn, or with the result of the future that it waited for, or it begins. Then the task that leaves
 * enters that coroutine itself, which saves a switch; and one that ends lets it begin on the very stack that
 * it leaves. Whatever else comes next is the loop's: it goes on where it entered the first of them, as if it
 * had entered the last.
 *
 * Inline in the loop's iteration for the reason given in switch.h; whatever is not on the way of a task that
 * goes on is in task.c.
 */
#ifndef STEP_H
#define STEP_H

#include "scheduler.h"
#include "switch.h"
#include "task.h"

/* Of thousands of tasks none is in the cache when its turn comes. So they are fetched ahead: the coroutine of
   one far behind in the queue, the frames on the stack of one nearer. (Always inline: a function that only
   fetches has no effect, and is left out.) */
static inline __attribute__((always_inline)) void fetch_ahead(const ReadyQueue *ready)
{
    enum { FETCH_FROM = 256, STACK_AHEAD = 3, COROUTINE_AHEAD = 7 };
    if (LIKELY(ready_count(ready) < FETCH_FROM))
        return;
    __builtin_prefetch(ready_peek(ready, COROUTINE_AHEAD));
    const QueueEntry *entry = ready_peek(ready, STACK_AHEAD);
    if (entry_is_step(entry)) {
        const char *frames = entry_coroutine(entry)->context.point.stack;
        __builtin_prefetch(frames);
        __builtin_prefetch(frames + 64);
        __builtin_prefetch(frames + 128);
    }
}

/* An iteration in which nothing happens but steps is begun without the loop. The loop's own way to begin one
   is run_once(): each condition here stands for something to be done there. */
static inline bool begin_plain_iteration(Loop *loop)
{
    if (!ready_count(&loop->ready) || loop->stopping || loop->ringing)
        return false;
    if ((loop->timers.count | loop->sources) || gate_rung(loop->gate))
        return false;
    loop->iterations++;
    loop->batch_end = loop->ready.tail;
    return true;
}

/* A task's next step, if it is one without a question: it goes on after a turn, fetches its result, or
 * begins. */
static inline __attribute__((always_inline)) bool is_plain_step(const Loop *loop, const QueueEntry *entry)
{
    const Coroutine *coroutine = entry_coroutine(entry);
    if (LIKELY(entry->kind == HANDLE_TURN))
        return true;
    if (entry->kind == HANDLE_WAKEUP)
        return !coroutine->must_cancel && task_can_fetch(coroutine->task);
    return entry->kind == HANDLE_STEP && coroutine->state == COROUTINE_CREATED && !coroutine->must_cancel &&
           loop->stacks->free;
}

/** The coroutine whose turn it is, if it goes on or begins without a question; else the one that runs the
 * loop, to see what comes. */
static inline __attribute__((always_inline)) Coroutine *next_turn(Loop *loop)
{
    if (UNLIKELY(loop->watched) ||
        (UNLIKELY(loop->ready.head == loop->batch_end) && !begin_plain_iteration(loop)))
        return loop->runner;
    QueueEntry *entry = ready_first(&loop->ready);
    if (!is_plain_step(loop, entry))
        return loop->runner;
    fetch_ahead(&loop->ready);
    ready_pop(&loop->ready);
    loop->current = entry_task(entry);
    return entry_coroutine(entry);
}

/** The running task's step is over: it waits, or stands in the ready queue again. Returns at its next step.
 */
static inline __attribute__((always_inline)) void task_leave(Loop *loop, Coroutine *self)
{
    Coroutine *next = next_turn(loop);
    if (UNLIKELY(next == self))
        return; /* nobody else is there */
    if (UNLIKELY(next->state == COROUTINE_CREATED))
        coroutine_begin(next);
    self->state = COROUTINE_SUSPENDED;
    coroutine_go(self, next, false);
}

/** Its coroutine has returned, and the end is one without a question: it need not be told to the loop. */
static inline bool task_ends_here(const Loop *loop, const Coroutine *self, const Value *result)
{
    return self->task && LIKELY(!loop->watched) && LIKELY(result->kind != VALUE_EXCEPTION) &&
           LIKELY(!self->must_cancel) && LIKELY(!self->guards);
}

/**
 * Ends the task of this coroutine, which stands on its stack for the last time: the stack is free already.
 * @return who runs next; one that has not begun can do so on the same stack
 */
static inline __attribute__((always_inline)) Coroutine *task_end(Loop *loop, Coroutine *self,
                                                                 const Value *result)
{
    Task *task = self->task;
    QueueEntry *callbacks = task->future.first_callback;
    stack_give(self->stack);
    task_unlist(loop, task);
    task->coroutine = NULL;
    task->future.first_callback = NULL; /* and so nobody looks at the last one */
    task->future.state = FUTURE_FINISHED;
    task->future.result = value_copy(result);
    future_enqueue_callbacks(&task->future, callbacks);
    if (LIKELY(--self->references == 0)) {
        pool_give(&thread.coroutine_pool, self);
    } else {
        self->stack = NULL;
        self->state = COROUTINE_GONE;
    }
    future_unreference(&task->future);
    Coroutine *next = next_turn(loop);
    if (next == loop->runner)
        loop->current = NULL;
    return next;
}

/** @return false when it ended with an exception that ends the loop's run */
static inline __attribute__((always_inline)) bool task_step(Loop *loop, Task *task)
{
    // cppcheck-suppress nullPointerRedundantCheck; it takes the task after the switch for the one before it
    Coroutine *coroutine = task->coroutine;
    if (UNLIKELY(coroutine->entry.kind != HANDLE_TURN) && !task_before_step(task))
        return true;
    loop->current = task;
    Coroutine *self = thread.current;
    self->state = COROUTINE_RESUMING;
    coroutine_go(self, coroutine, false);
    task = loop->current; /* the last of those that had their turn meanwhile */
    loop->current = NULL;
    if (!task)
        return true; /* it has ended, and seen to that itself */
    coroutine_clear_away(task->coroutine);
    return LIKELY(task->coroutine->state == COROUTINE_SUSPENDED) || task_ended(task);
}

#endif
