/*
 * await.c — a task waits: for a future, or to have its turn again.
 *
 * The waiting task's coroutine takes a place in the future's list of callbacks; when the future is done it
 * goes to the ready queue with the others, and the task's next step begins with the result (CPython's
 * Task.__step, from "blocking" on, and Task.__wakeup).
 */
#include "emit.h"
#include "future.h"
#include "misuse.h"
#include "scheduler.h"
#include "step.h"
#include "task.h"
#include "value.h"

/* Somebody cancelled it before it came to wait. */
static __attribute__((noinline)) void cancel_at_once(Task *task)
{
    if (future_cancel(task->waiter, task->future.cancel_message))
        task->coroutine->must_cancel = false;
}

/* The running task is about to suspend in a wait. Its future has the reference that its step holds. */
static inline __attribute__((always_inline)) void park(Task *task, Coroutine *self, Future *waiter)
{
    waiter->references++;
    task->waiter = waiter;
    self->entry.kind = HANDLE_WAKEUP;
    future_link_callback(waiter, &self->entry);
    if (UNLIKELY(self->must_cancel))
        cancel_at_once(task);
}

/* What the wait gives: a waiter that is still there has the result, else it is with the coroutine. */
static inline __attribute__((always_inline)) Value fetch(Coroutine *self)
{
    Task *task = self->task;
    Future *waiter = task->waiter;
    if (UNLIKELY(!waiter))
        return value_copy(&self->value);
    Value result = value_copy(&waiter->result);
    task->waiter = NULL;
    future_unreference(waiter);
    return result;
}

static inline __attribute__((always_inline)) Value wait_for(Coroutine *self, Future *future)
{
    park(self->task, self, future);
    task_leave(thread.running, self);
    return fetch(self);
}

Value task_wait_for(Task *task, Future *future)
{
    return wait_for(task->coroutine, future);
}

/* As task_enqueue_turn(), and the trace shows it. */
static void enqueue_turn(Task *task)
{
    Coroutine *self = task->coroutine;
    self->value.kind = VALUE_NONE;
    self->entry.kind = task_turn_kind(self);
    loop_enqueue_entry(task->future.loop, &self->entry, BY_SOON);
}

Value task_wait_in(Frame *frame, Task *task, Future *future)
{
    Coroutine *self = task->coroutine;
    frame->outer = self->frame;
    self->frame = frame;
    if (future)
        park(task, self, future);
    else
        enqueue_turn(task);
    task_leave(task->future.loop, self);
    self->frame = frame->outer;
    return fetch(self);
}

/* ------------------------------------------------------------------------------------- public functions */

/* What cannot be awaited is told to the running task at its next step, as in CPython. */
static Value refuse(Task *task, const char *why)
{
    Coroutine *self = task->coroutine;
    enqueue_turn(task);
    task_leave(task->future.loop, self);
    return value_failed(self->value) ? self->value : value_exception(&RuntimeError, why);
}

/* With all that can be in the way of a wait. */
static __attribute__((noinline)) Value await_otherwise(Future *future)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    future_must_live(future, "await_future");
    if (future->state != FUTURE_PENDING)
        return future_result(future);
    const char *self = value_repr_text(value_task(task));
    if (future == &task->future)
        return refuse(task, text_format("Task cannot await on itself: %s", self));
    return refuse(task, text_format("Task %s got Future %s attached to a different loop", self,
                                    value_repr_text(value_future(future))));
}

static inline bool can_wait(const Coroutine *self, const Future *future)
{
    return self && self->task && future->references && future->state == FUTURE_PENDING &&
           future->loop == thread.running && future != &self->task->future;
}

Value await_future(Future *future)
{
    if (UNLIKELY(!future))
        return future_missing();
    Coroutine *self = thread.current;
    return LIKELY(can_wait(self, future)) ? wait_for(self, future) : await_otherwise(future);
}

Value await_task(Task *task)
{
    if (UNLIKELY(!task))
        return value_exception(&MemoryError, "no task to await");
    Coroutine *self = thread.current;
    return LIKELY(can_wait(self, &task->future)) ? wait_for(self, &task->future)
                                                 : await_otherwise(&task->future);
}
