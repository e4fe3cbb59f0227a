/*
 * condition.c — Condition: a lock, and a line of those who gave it back to wait for news.
 *
 * A wait ends as it began, with the lock held, whatever happens: it was notified, or cancelled, or cancelled
 * again while it stood for the lock. So the way back is a loop that nothing but the lock itself ends.
 */
#include "task.h"
#include "waiters.h"

struct Condition {
    Bound bound;
    Lock *lock; /* a reference */
    Waiters waiters;
};

static void destroy(Shared *shared)
{
    Condition *condition = (Condition *)shared;
    bound_release(condition->lock);
    bound_free(&condition->bound);
}

Condition *condition_new(Lock *lock)
{
    Condition *condition = bound_new(sizeof *condition, "Condition", destroy);
    if (!condition)
        return NULL;
    condition->lock = lock ? bound_keep(lock) : lock_new();
    if (condition->lock)
        return condition;
    bound_release(condition);
    return NULL;
}

void condition_free(Condition *condition)
{
    bound_give_back(condition, "condition_free", "condition");
}

/* ------------------------------------------------------------------------------------------- its lock */

static Lock *lock_of(const Condition *condition)
{
    return condition ? condition->lock : NULL;
}

bool condition_locked(const Condition *condition)
{
    return lock_locked(lock_of(condition));
}

Value await_condition_acquire(Condition *condition)
{
    return await_lock_acquire(lock_of(condition));
}

Value condition_release(Condition *condition)
{
    return lock_release(lock_of(condition));
}

Value condition_exit(Condition *condition, Value outcome)
{
    return lock_exit(lock_of(condition), outcome);
}

AsyncContext condition_context(Condition *condition)
{
    return lock_context(lock_of(condition));
}

/* ------------------------------------------------------------------------------------------- waiting */

/* Out of memory is no reason to come back without the lock either: others get a turn, and may free some. */
static Value give_a_turn(void)
{
    Frame frame = {.function = "Lock.acquire", .file = "loop/condition.c", .line = __LINE__};
    return task_wait_in(&frame, task_awaiting(), NULL);
}

/* @return True, or what else happened on the way to the lock */
static Value take_lock_again(Condition *condition)
{
    Value told = value_bool(true);
    for (;;) {
        Value outcome = await_lock_acquire(condition->lock);
        if (value_is(outcome, &MemoryError)) {
            told = outcome;
            outcome = give_a_turn();
        } else if (!value_is(outcome, &CancelledError)) {
            return value_failed(outcome) ? outcome : told;
        }
        if (value_is(outcome, &CancelledError))
            told = value_exception(&CancelledError, NULL); /* a new one: whoever cancelled said it in vain */
    }
}

Value await_condition_wait(Condition *condition)
{
    TRY(bound_refuses(condition));
    if (!condition_locked(condition))
        return value_exception(&RuntimeError, "cannot wait on un-acquired lock");
    condition_release(condition);

    Waiter waiter;
    waiter_begin(&waiter, condition);
    Frame frame = {.function = "Condition.wait", .file = "loop/condition.c", .line = __LINE__};
    Value outcome = waiter_wait(&waiter, &condition->waiters, "Condition.wait", &frame);
    frame_enter(&frame, "Condition.wait", "loop/condition.c", __LINE__);
    Value again = take_lock_again(condition);
    frame_leave(&frame);
    waiter_end(&waiter);
    if (value_failed(again))
        return again;
    return value_failed(outcome) ? outcome : value_bool(true);
}

Value await_condition_wait_for(Condition *condition, bool (*predicate)(void *context), void *context)
{
    TRY(bound_refuses(condition));
    Waiter call;
    waiter_begin(&call, condition);
    Value outcome = NONE;
    while (!value_failed(outcome) && !(predicate && predicate(context))) {
        Frame frame;
        frame_enter(&frame, "Condition.wait_for", "loop/condition.c", __LINE__);
        outcome = await_condition_wait(condition);
        frame_leave(&frame);
    }
    waiter_end(&call);
    return value_failed(outcome) ? outcome : value_bool(true);
}

/* ------------------------------------------------------------------------------------------- news */

Value condition_notify(Condition *condition, size_t n)
{
    if (!condition)
        return value_exception(&MemoryError, "no condition to notify");
    if (!condition_locked(condition))
        return value_exception(&RuntimeError, "cannot notify on un-acquired lock");
    for (const Waiter *waiter; n > 0 && (waiter = waiters_next(&condition->waiters)); n--)
        future_set_result(waiter->future, value_bool(false));
    return NONE;
}

Value condition_notify_all(Condition *condition)
{
    return condition_notify(condition, SIZE_MAX);
}
