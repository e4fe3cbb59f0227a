/*
 * lock.c — Lock: a flag, and a line of those who want it.
 *
 * A release only lowers the flag and wakes the first in line, who raises it again when it runs. In between
 * the lock is free, and yet nobody overtakes: a newcomer that finds anybody in line stands behind. Who is
 * cancelled in that moment wakes the next, or the lock would be free while all wait.
 */
#include "lock.h"

#include "emit_fields.h"
#include "task.h"

static void destroy(Shared *shared)
{
    Lock *lock = (Lock *)shared, **link = &thread.locks;
    while (*link && *link != lock)
        link = &(*link)->next;
    if (*link)
        *link = lock->next;
    bound_free(&lock->bound);
}

Lock *lock_new(void)
{
    Lock *lock = bound_new(sizeof *lock, "Lock", destroy);
    if (!lock)
        return NULL;
    thread_prepare();
    lock->next = thread.locks;
    thread.locks = lock;
    return lock;
}

void lock_free(Lock *lock)
{
    bound_give_back(lock, "lock_free", "lock");
}

bool lock_locked(const Lock *lock)
{
    return lock && lock->locked;
}

/* One that is done already takes the lock when it runs; or, if it was cancelled, comes here again. */
static void wake_up_first(Lock *lock)
{
    const Waiter *first = lock->waiters.first;
    if (first && !future_done(first->future))
        future_set_result(first->future, value_bool(true));
}

static Value take(Lock *lock)
{
    lock->locked = true;
    lock->holder = task_awaiting()->future.number;
    return value_bool(true);
}

/* Who waits for the same lock as another is told by it. */
static uint32_t number_of(Lock *lock)
{
    Trace *trace = task_awaiting()->future.loop->trace;
    if (trace && !lock->number)
        lock->number = ++trace->locks;
    return trace ? lock->number : 0;
}

Value await_lock_acquire(Lock *lock)
{
    TRY(bound_refuses(lock));
    if (!lock->locked && !waiters_alive(&lock->waiters))
        return take(lock);
    Waiter waiter;
    waiter_begin(&waiter, lock);
    Frame frame = {.function = "Lock.acquire", .file = "loop/lock.c", .line = __LINE__};
    FutureStory story = {.lock = number_of(lock)};
    Value outcome = waiter_wait_told(&waiter, &lock->waiters, "Lock.acquire", &story, &frame);
    if (!value_failed(outcome))
        outcome = take(lock);
    else if (!lock->locked)
        wake_up_first(lock);
    waiter_end(&waiter);
    return outcome;
}

Value lock_release(Lock *lock)
{
    if (!lock)
        return value_exception(&MemoryError, "no lock to release");
    if (!lock->locked)
        return value_exception(&RuntimeError, "Lock is not acquired.");
    lock->locked = false;
    wake_up_first(lock);
    return NONE;
}

Value lock_exit(Lock *lock, Value outcome)
{
    TRY(lock_release(lock));
    return outcome;
}

Cursor lock_put_held(Cursor line, const Loop *loop)
{
    const char *before = ",\"held\":[[";
    bool any = false;
    for (const Lock *lock = thread.locks; lock; lock = lock->next) {
        if (!lock->locked || !lock->holder || lock->bound.loop != loop)
            continue;
        for (const Waiter *waiter = lock->waiters.first; waiter; waiter = waiter->next) {
            line = put_bytes(cursor_room(line, 0), before, strlen(before));
            line = put_id(line, 'f', waiter->future->number);
            line = put_literal(line, ",");
            line = put_id(line, 't', lock->holder);
            before = "],[";
            any = true;
        }
    }
    return any ? put_literal(line, "]]") : line;
}

/* ------------------------------------------------------------------------------------------- async with */

static Value enter(void *self)
{
    TRY(await_lock_acquire(self));
    return NONE;
}

static Value leave(void *self, Value outcome)
{
    return lock_exit(self, outcome);
}

AsyncContext lock_context(Lock *lock)
{
    return (AsyncContext){enter, leave, lock};
}
