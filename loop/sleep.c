/*
 * sleep.c — await sleep: a future, a timer that completes it, and a wait.
 *
 * The wake-up takes two iterations: in the first the timer's handle completes the future, in the second the
 * task runs. A delay of nothing is no timer at all: the task goes to the end of the ready queue.
 */
#include "emit.h"
#include "scheduler.h"
#include "step.h"
#include "task.h"

static const char SET_RESULT[] = "_set_result_unless_cancelled";

/* Lies above the first frame of the sleeper's stack, in memory that is in use anyway: what a wake-up touches
   stands together there. */
typedef struct SleepRoom {
    Handle timer;
    Future future;
} SleepRoom;

_Static_assert(sizeof(SleepRoom) <= STACK_ROOM, "a stack has room for a sleep");

typedef struct Sleep {
    Future *future;
    Handle *timer;
} Sleep;

static void give_back(void *context)
{
    Sleep *sleep = context;
    handle_cancel(sleep->timer);
    handle_release(sleep->timer);
    future_release(sleep->future);
}

/* Apart, all that is not on the way of a task that only lets the others go on: so the frame of a turn is
   small, and that is what is fetched when its turn comes again. */
static __attribute__((noinline)) Value outside_a_task(void)
{
    return value_exception(&RuntimeError, "await outside a task");
}

static __attribute__((noinline)) Value give_a_watched_turn(Task *task)
{
    Frame frame = {.function = "sleep", .file = "loop/sleep.c", .line = __LINE__};
    return task_wait_in(&frame, task, NULL);
}

static __attribute__((noinline)) Value sent_meanwhile(void)
{
    return thread.current->value;
}

/* Nothing is made, nothing is written down. */
static inline __attribute__((always_inline)) Value give_a_turn(Coroutine *self)
{
    Loop *loop = thread.running;
    if (UNLIKELY(loop->watched))
        return give_a_watched_turn(self->task);
    task_enqueue_turn(loop, self);
    task_leave(loop, self);
    /* Still a turn: nothing was sent. (Asked of the thread, which is nearer than our own copy, on a stack
       that was away.) */
    return LIKELY(thread.current->entry.kind == HANDLE_TURN) ? NONE : sent_meanwhile();
}

/* A sleep on this stack was cancelled, and its timer is in the heap until the loop drops it.
   @return false when out of memory */
static __attribute__((noinline)) bool make_elsewhere(Sleep *sleep, Loop *loop)
{
    sleep->future = future_new(loop, "sleep", NULL, 0);
    sleep->timer = sleep->future ? handle_new(loop, HANDLE_SET_PREPARED, SET_RESULT) : NULL;
    if (sleep->timer)
        return true;
    future_release(sleep->future);
    return false;
}

/* @return false when out of memory */
static inline bool make(Sleep *sleep, Loop *loop, const Stack *stack)
{
    SleepRoom *room = (SleepRoom *)(void *)stack->top;
    if (UNLIKELY(room->future.lodged || room->timer.lodged))
        return make_elsewhere(sleep, loop);
    if (!handle_lodge(&room->timer, loop, HANDLE_SET_PREPARED, SET_RESULT))
        return false;
    future_start(&room->future, loop, false, 1);
    room->future.lodged = true;
    if (UNLIKELY(loop->trace != NULL))
        emit_future(&room->future, "sleep", NULL, 0, NULL);
    *sleep = (Sleep){.future = &room->future, .timer = &room->timer};
    return true;
}

static __attribute__((noinline)) Value sleep_for(Task *task, int64_t delay, Value result)
{
    Loop *loop = task->future.loop;
    Sleep sleep;
    if (!make(&sleep, loop, task->coroutine->stack))
        return value_exception(&MemoryError, "no timer for a sleep");
    sleep.future->result = result;
    if (!handle_schedule(sleep.timer, clock_add(loop_time(loop), delay), sleep.future, NULL)) {
        future_release(sleep.future);
        return value_exception(&MemoryError, "no timer for a sleep");
    }
    handle_keep(sleep.timer);

    Guard guard;
    guard_push(&guard, give_back, &sleep);
    Frame frame = {.function = "sleep", .file = "loop/sleep.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, sleep.future);
    guard_pop(&guard);
    give_back(&sleep);
    return outcome;
}

static __attribute__((noinline)) Value sleep_without_result(Task *task, int64_t delay)
{
    return sleep_for(task, delay, NONE);
}

Value await_sleep(int64_t delay)
{
    Coroutine *self = thread.current;
    if (UNLIKELY(!self || !self->task))
        return outside_a_task();
    return delay > 0 ? sleep_without_result(self->task, delay) : give_a_turn(self);
}

Value await_sleep_result(int64_t delay, Value result)
{
    Coroutine *self = thread.current;
    if (UNLIKELY(!self || !self->task))
        return outside_a_task();
    if (delay > 0)
        return sleep_for(self->task, delay, result);
    Value sent = give_a_turn(self);
    return value_failed(sent) ? sent : result;
}
