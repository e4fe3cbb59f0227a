/*
 * semaphore.c — Semaphore and BoundedSemaphore: a number, and a line of those for whom it was 0.
 *
 * A release that finds somebody waiting never shows in the number: it is handed over, to one who runs later.
 * Who is cancelled in between has been given what it cannot take, and hands it on.
 */
#include "waiters.h"

struct Semaphore {
    Bound bound;
    int64_t value;
    int64_t most; /* of a bounded one; else INT64_MAX */
    Waiters waiters;
};

static void destroy(Shared *shared)
{
    bound_free((Bound *)shared);
}

static Semaphore *make(const char *type, int64_t value, int64_t most)
{
    Semaphore *semaphore = value < 0 ? NULL : bound_new(sizeof *semaphore, type, destroy);
    if (!semaphore)
        return NULL;
    semaphore->value = value;
    semaphore->most = most;
    return semaphore;
}

Semaphore *semaphore_new(int64_t value)
{
    return make("Semaphore", value, INT64_MAX);
}

Semaphore *bounded_semaphore_new(int64_t value)
{
    return make("BoundedSemaphore", value, value);
}

void semaphore_free(Semaphore *semaphore)
{
    bound_give_back(semaphore, "semaphore_free", "semaphore");
}

static bool is_locked(Semaphore *semaphore)
{
    return semaphore->value == 0 || waiters_alive(&semaphore->waiters);
}

bool semaphore_locked(const Semaphore *semaphore)
{
    return semaphore &&
           is_locked((Semaphore *)semaphore); /* what it writes is where it need not look again */
}

/* CPython's _wake_up_next. */
static void hand_over(Semaphore *semaphore)
{
    const Waiter *waiter = waiters_next(&semaphore->waiters);
    if (!waiter)
        return;
    semaphore->value--;
    future_set_result(waiter->future, value_bool(true));
}

Value await_semaphore_acquire(Semaphore *semaphore)
{
    TRY(bound_refuses(semaphore));
    if (!is_locked(semaphore)) {
        semaphore->value--;
        return value_bool(true);
    }
    Waiter waiter;
    waiter_begin(&waiter, semaphore);
    Frame frame = {.function = "Semaphore.acquire", .file = "loop/semaphore.c", .line = __LINE__};
    Value outcome = waiter_wait(&waiter, &semaphore->waiters, "Semaphore.acquire", &frame);
    if (!value_failed(outcome)) {
        if (semaphore->value > 0)
            hand_over(semaphore);
    } else if (waiter.future && !future_cancelled(waiter.future)) {
        semaphore->value++;
        hand_over(semaphore);
    }
    waiter_end(&waiter);
    return outcome;
}

Value semaphore_release(Semaphore *semaphore)
{
    if (!semaphore)
        return value_exception(&MemoryError, "no semaphore to release");
    if (semaphore->value >= semaphore->most)
        return value_exception(&ValueError, text_format("%s released too many times", semaphore->bound.type));
    semaphore->value++;
    hand_over(semaphore);
    return NONE;
}

Value semaphore_exit(Semaphore *semaphore, Value outcome)
{
    TRY(semaphore_release(semaphore));
    return outcome;
}

/* ------------------------------------------------------------------------------------------- async with */

static Value enter(void *self)
{
    TRY(await_semaphore_acquire(self));
    return NONE;
}

static Value leave(void *self, Value outcome)
{
    return semaphore_exit(self, outcome);
}

AsyncContext semaphore_context(Semaphore *semaphore)
{
    return (AsyncContext){enter, leave, semaphore};
}
