/*
 * cancel.c — a cancel goes down: from a task to what it waits on, from a gather to its children.
 *
 *     task ──► task ──► gather ──► task ──► future: cancelled, true
 *                          ├─────► task ──► sleeps: cancelled, true
 *                          └─────► done already: false
 *
 * CPython's recursion, as a walk: chains can be longer than a stack is deep. Whoever waits learns whether
 * anything below took the cancel; a task whose wait did not is told by a flag, at its next step. On its way
 * back the walk finds in each gather's own record where it came from, so it needs no memory. Tasks and
 * gathers that wait for each other in a circle are told once.
 */
#include "emit.h"
#include "gather.h"
#include "misuse.h"
#include "scheduler.h"
#include "task.h"

/* Tells one task, and not yet what it waits on. */
static bool tell_task(Task *task, const char *message)
{
    const Future *waiter = task->waiter;
    bool pending = task->future.state == FUTURE_PENDING;
    if (UNLIKELY(task->future.loop->trace != NULL))
        emit_cancel(&task->future,
                    !pending                                    ? "none"
                    : waiter && waiter->state == FUTURE_PENDING ? "waiter"
                                                                : "flag",
                    task->cancelling + (pending ? 1 : 0), message);
    future_see(&task->future);
    if (!pending)
        return false;
    task->cancelling++;
    return true;
}

static void flag(Task *task, const char *message)
{
    Coroutine *coroutine = task->coroutine;
    task->future.cancel_message = message;
    if (!coroutine)
        return; /* its loop is closed: it has no next step */
    coroutine->must_cancel = true;
    if (coroutine->entry.kind == HANDLE_TURN)
        coroutine->entry.kind = HANDLE_STEP; /* it does not just go on */
}

/* Tells a task, and those for which it waits. @return the one of them whose wait is still to be told; NULL:
 * there is none */
static Task *tell_chain(Task *task, const char *message)
{
    Task *last = task, *next;
    last->future.marked = true;
    while ((next = future_task(last->waiter)) && !next->future.marked && tell_task(next, message)) {
        last = next;
        last->future.marked = true;
    }
    for (Task *told = task; told != last; told = future_task(told->waiter))
        told->future.marked = false;
    last->future.marked = false;
    if (!next && last->waiter)
        return last;
    flag(last, message);
    return NULL;
}

static bool cancel_plain(Future *future, const char *message)
{
    future_see(future);
    if (future->state != FUTURE_PENDING)
        return false;
    future->cancel_message = message;
    future_finish(future, FUTURE_CANCELLED, NONE);
    return true;
}

/* The walk has come to a gather. @return false when there is nothing to be told to its children */
static bool enter(Future *outer, Task *waiting, CancelWalk **walk, const char *message)
{
    CancelWalk *here = gather_walk(outer);
    bool pending = outer->state == FUTURE_PENDING;
    future_see(outer);
    if (UNLIKELY(outer->loop->trace != NULL))
        emit_cancel(outer, pending ? "children" : "none", 0, message);
    if (!pending || here->under_way)
        return false;
    *here = (CancelWalk){.under_way = true, .outer = outer, .waiting = waiting, .up = *walk};
    *walk = here;
    return true;
}

/* One future, and what hangs on it down to the next gather, which the walk then enters. @return what
 * future.cancel() returns, as far as it is known by then */
static bool tell(Future *future, CancelWalk **walk, const char *message)
{
    Task *task = future_task(future), *waiting = NULL;
    if (task) {
        if (!tell_task(task, message))
            return false;
        waiting = tell_chain(task, message);
        if (!waiting)
            return true;
        future = waiting->waiter;
    }
    bool taken = future->gather ? enter(future, waiting, walk, message) : cancel_plain(future, message);
    if (waiting && !taken)
        flag(waiting, message);
    return waiting || (taken && !future->gather);
}

/* All children of a gather were told. @return what its cancel() returns, or that of the task that waits for
 * it */
static bool leave(CancelWalk **walk, const char *message)
{
    CancelWalk *here = *walk;
    *walk = here->up;
    here->under_way = false;
    if (here->taken)
        gather_cancel_requested(here->outer);
    else if (here->waiting)
        flag(here->waiting, message);
    return here->taken || here->waiting;
}

bool future_cancel(Future *future, const char *message)
{
    if (!future)
        return false;
    future_must_be_here(future, future->is_task ? "task_cancel" : "future_cancel");
    CancelWalk *walk = NULL;
    bool taken = tell(future, &walk, message);
    while (walk) {
        Future *child = gather_child(walk->outer, walk->next++);
        CancelWalk *here = walk;
        if (child) {
            here->taken |= tell(child, &walk, message);
            continue;
        }
        taken = leave(&walk, message);
        if (walk)
            walk->taken |= taken;
    }
    return taken;
}

bool task_cancel(Task *task, const char *message)
{
    return future_cancel(task_future(task), message);
}
