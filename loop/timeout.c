/*
 * timeout.c — timeout: a timer that cancels the task, and a way out of the block that tells this cancel from
 * any other.
 *
 *     entered ──► expiring ──► the block is left: expired, TimeoutError
 *        └──────────────────► the block is left: finished
 *
 * How often the task had been cancelled before the block is remembered: whoever else cancels it meanwhile
 * gets a CancelledError, timeout or not.
 */
#include "scheduler.h"
#include "task.h"

struct Timeout {
    Task *task;
    Handle *handle; /* NULL: never, or it has run */
    int64_t when;   /* LOOP_FOREVER: never */
    int cancelling;
    bool expiring;
    Guard guard; /* of the task's coroutine, for as long as it is in the block */
};

static void on_timeout(void *context)
{
    Timeout *timeout = context;
    Handle *handle = timeout->handle;
    timeout->handle = NULL;
    task_cancel(timeout->task, NULL);
    timeout->expiring = true;
    handle_release(handle);
}

static void disarm(Timeout *timeout)
{
    Handle *handle = timeout->handle;
    timeout->handle = NULL;
    handle_cancel(handle);
    handle_release(handle);
}

/* One that is over already is no timer: it stands in the ready queue at once. */
static bool arm(Timeout *timeout, int64_t when)
{
    Loop *loop = timeout->task->future.loop;
    timeout->when = when;
    if (when == LOOP_FOREVER)
        return true;
    Handle *handle = when > loop_time(loop)
                         ? loop_schedule(loop, when, HANDLE_CALL, "Timeout._on_timeout",
                                         task_future(timeout->task), timeout)
                         : loop_call_soon_named(loop, "Timeout._on_timeout", on_timeout, timeout);
    if (!handle)
        return false;
    handle->call = on_timeout;
    timeout->handle = handle_keep(handle);
    return true;
}

/* The task has ended, or is dropped, inside the block. */
static void give_back(void *context)
{
    Timeout *timeout = context;
    disarm(timeout);
    memory_free(timeout);
}

Timeout *timeout_enter_at(int64_t when)
{
    Task *task = task_awaiting();
    Timeout *timeout = task ? memory_allocate(sizeof *timeout) : NULL;
    if (!timeout)
        return NULL;
    *timeout = (Timeout){.task = task, .cancelling = task_cancelling(task)};
    if (!arm(timeout, when)) {
        memory_free(timeout);
        return NULL;
    }
    guard_push(&timeout->guard, give_back, timeout);
    return timeout;
}

Timeout *timeout_enter(int64_t delay)
{
    if (delay == LOOP_FOREVER)
        return timeout_enter_at(LOOP_FOREVER);
    int64_t when = clock_add(loop_time(thread.running), delay);
    return timeout_enter_at(when < 0 ? 0 : when); /* long over, and not LOOP_FOREVER */
}

int64_t timeout_when(const Timeout *timeout)
{
    return timeout ? timeout->when : LOOP_FOREVER;
}

bool timeout_expired(const Timeout *timeout)
{
    return timeout && timeout->expiring;
}

Value timeout_reschedule(Timeout *timeout, int64_t when)
{
    if (!timeout)
        return value_exception(&MemoryError, "no timeout to reschedule");
    if (timeout->expiring)
        return value_exception(&RuntimeError, "Cannot change state of expiring Timeout");
    disarm(timeout);
    return arm(timeout, when) ? NONE : value_exception(&MemoryError, "no timer for a timeout");
}

Value timeout_exit(Timeout *timeout, Value outcome, bool *expired)
{
    if (expired)
        *expired = timeout_expired(timeout);
    if (!timeout)
        return value_failed(outcome) ? outcome : value_exception(&MemoryError, "no timeout to leave");
    guard_remove(timeout->task->coroutine, &timeout->guard);
    disarm(timeout);
    if (timeout->expiring && task_uncancel(timeout->task) <= timeout->cancelling &&
        value_is(outcome, &CancelledError))
        outcome = value_exception(&TimeoutError, NULL);
    memory_free(timeout);
    return outcome;
}
