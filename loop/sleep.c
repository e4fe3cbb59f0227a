/*
 * sleep.c — await sleep: a future, a timer that completes it, and a wait.
 *
 * The wake-up takes two iterations: in the first the timer's handle completes the future, in the second the
 * task runs. A delay of nothing is no timer at all: the task goes to the end of the ready queue.
 */
#include "scheduler.h"
#include "step.h"
#include "task.h"

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

static __attribute__((noinline)) Value give_a_watched_turn(Task *task, int line)
{
    Frame frame = {.function = "sleep", .file = "loop/sleep.c", .line = line};
    return task_wait_in(&frame, task, NULL);
}

/* The way of a task that only lets the others go on: nothing is made, nothing is written down. */
static inline __attribute__((always_inline)) Value give_a_turn(int line)
{
    Loop *loop = thread.running;
    Coroutine *self = thread.current;
    if (UNLIKELY(loop->watched))
        return give_a_watched_turn(self->task, line);
    task_enqueue_turn(loop, self);
    task_leave(loop, self);
    self = thread.current; /* nearer than its copy on a stack that was away */
    /* Asked for before it is copied: reading a whole value, of which only the kind was just written, stalls.
     */
    return LIKELY(self->value.kind == VALUE_NONE) ? NONE : self->value;
}

/* Apart, so that the frame of a turn is small. */
static __attribute__((noinline)) Value sleep_for(Task *task, int64_t delay, Value result)
{
    Loop *loop = task->future.loop;
    Sleep sleep = {.future = future_new(loop, "sleep", NULL, 0)};
    if (!sleep.future)
        return value_exception(&MemoryError, "no future for a sleep");
    sleep.future->result = result;
    sleep.timer = loop_schedule(loop, clock_add(loop_time(loop), delay), HANDLE_SET_PREPARED,
                                "_set_result_unless_cancelled", sleep.future, NULL);
    if (!sleep.timer) {
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

Value await_sleep(int64_t delay)
{
    Task *task = task_awaiting();
    if (UNLIKELY(!task))
        return value_exception(&RuntimeError, "await outside a task");
    return delay > 0 ? sleep_for(task, delay, NONE) : give_a_turn(__LINE__);
}

Value await_sleep_result(int64_t delay, Value result)
{
    Task *task = task_awaiting();
    if (UNLIKELY(!task))
        return value_exception(&RuntimeError, "await outside a task");
    if (delay > 0)
        return sleep_for(task, delay, result);
    Value sent = give_a_turn(__LINE__);
    return value_failed(sent) ? sent : result;
}
