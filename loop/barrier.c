/*
 * barrier.c — Barrier: a condition, a count, and a state.
 *
 *                    the last one comes                    the last one leaves
 *        FILLING ──────────────────────► DRAINING ──────────────────────────────► FILLING
 *           │                                                                        ▲
 *           │ reset, while anybody waits                   the last one leaves       │
 *           ├──────────────────────────► RESETTING ──────────────────────────────────┘
 *           │ abort, in any state
 *           └──────────────────────────► BROKEN ─── reset, when nobody waits ──► FILLING
 *
 * All of it happens while the condition's lock is held. Who comes while it drains or is being reset waits
 * before the door, not counted.
 */
#include "waiters.h"

typedef enum BarrierState {
    FILLING,
    DRAINING,
    RESETTING,
    BROKEN,
} BarrierState;

struct Barrier {
    Bound bound;
    Condition *condition; /* told whenever the state changes */
    int64_t parties;
    int64_t count; /* of those that are inside */
    BarrierState state;
};

static void destroy(Shared *shared)
{
    Barrier *barrier = (Barrier *)shared;
    condition_free(barrier->condition);
    bound_free(&barrier->bound);
}

Barrier *barrier_new(int64_t parties)
{
    Barrier *barrier = parties < 1 ? NULL : bound_new(sizeof *barrier, "Barrier", destroy);
    if (!barrier)
        return NULL;
    barrier->parties = parties;
    barrier->condition = condition_new(NULL);
    if (barrier->condition)
        return barrier;
    bound_release(barrier);
    return NULL;
}

void barrier_free(Barrier *barrier)
{
    bound_give_back(barrier, "barrier_free", "barrier");
}

int64_t barrier_parties(const Barrier *barrier)
{
    return barrier ? barrier->parties : 0;
}

int64_t barrier_n_waiting(const Barrier *barrier)
{
    return barrier && barrier->state == FILLING ? barrier->count : 0;
}

bool barrier_broken(const Barrier *barrier)
{
    return barrier && barrier->state == BROKEN;
}

/* ------------------------------------------------------------------------------------------- wait */

static bool is_open(void *context)
{
    const Barrier *barrier = context;
    return barrier->state != DRAINING && barrier->state != RESETTING;
}

static bool is_not_filling(void *context)
{
    const Barrier *barrier = context;
    return barrier->state != FILLING;
}

/* CPython's _block: before the door. */
static Value block(Barrier *barrier)
{
    Frame frame;
    frame_enter(&frame, "Barrier._block", "loop/barrier.c", __LINE__);
    Value outcome = await_condition_wait_for(barrier->condition, is_open, barrier);
    frame_leave(&frame);
    if (!value_failed(outcome) && barrier->state == BROKEN)
        return value_exception(&BrokenBarrierError, "Barrier aborted");
    return outcome;
}

/* CPython's _release: the last one opens. */
static Value open_up(Barrier *barrier)
{
    barrier->state = DRAINING;
    return condition_notify_all(barrier->condition);
}

/* CPython's _wait: inside, until it is full. */
static Value wait_inside(Barrier *barrier)
{
    Frame frame;
    frame_enter(&frame, "Barrier._wait", "loop/barrier.c", __LINE__);
    Value outcome = await_condition_wait_for(barrier->condition, is_not_filling, barrier);
    frame_leave(&frame);
    if (!value_failed(outcome) && (barrier->state == BROKEN || barrier->state == RESETTING))
        return value_exception(&BrokenBarrierError, "Abort or reset of barrier");
    return outcome;
}

static void count_out(void *context)
{
    Barrier *barrier = context;
    barrier->count--;
    if (barrier->count == 0 && (barrier->state == RESETTING || barrier->state == DRAINING))
        barrier->state = FILLING;
}

/* CPython's _exit: the last one out lets those before the door in. */
static Value step_out(Barrier *barrier)
{
    count_out(barrier);
    return barrier->count == 0 ? condition_notify_all(barrier->condition) : NONE;
}

static Value pass(Barrier *barrier)
{
    TRY(block(barrier));
    int64_t index = barrier->count++;
    Guard guard;
    guard_push(&guard, count_out, barrier);
    Value outcome = index + 1 == barrier->parties ? open_up(barrier) : wait_inside(barrier);
    guard_pop(&guard);
    TRY(step_out(barrier));
    return value_failed(outcome) ? outcome : value_int(index);
}

/* ------------------------------------------------------------------------------------------- reset, abort */

static Value start_over(Barrier *barrier)
{
    barrier->state = barrier->count > 0 ? RESETTING : FILLING;
    return condition_notify_all(barrier->condition);
}

static Value break_off(Barrier *barrier)
{
    barrier->state = BROKEN;
    return condition_notify_all(barrier->condition);
}

/* Python's `async with self._cond:` in each of the three. */
static Value with_condition(Barrier *barrier, const char *function, int line, Value (*body)(Barrier *barrier))
{
    TRY(bound_refuses(barrier));
    Waiter call;
    Frame frame;
    waiter_begin(&call, barrier);
    frame_enter(&frame, function, "loop/barrier.c", line);
    Value outcome = await_condition_acquire(barrier->condition);
    if (!value_failed(outcome))
        outcome = condition_exit(barrier->condition, body(barrier));
    frame_leave(&frame);
    waiter_end(&call);
    return outcome;
}

Value await_barrier_wait(Barrier *barrier)
{
    return with_condition(barrier, "Barrier.wait", __LINE__, pass);
}

Value await_barrier_reset(Barrier *barrier)
{
    return with_condition(barrier, "Barrier.reset", __LINE__, start_over);
}

Value await_barrier_abort(Barrier *barrier)
{
    return with_condition(barrier, "Barrier.abort", __LINE__, break_off);
}

/* ------------------------------------------------------------------------------------------- async with */

static Value enter(void *self)
{
    return await_barrier_wait(self);
}

static Value leave(void *self, Value outcome)
{
    (void)self;
    return outcome;
}

AsyncContext barrier_context(Barrier *barrier)
{
    return (AsyncContext){enter, leave, barrier};
}
