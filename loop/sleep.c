/*
 * sleep.c — await sleep: a future, a timer that completes it, and a wait.
 *
 * The wake-up takes two iterations: in the first the timer's handle completes the future, in the second the
 * task runs. A delay of nothing is no timer at all: the task goes to the end of the ready queue.
 */
#include "scheduler.h"
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

Value await_sleep_result(int64_t delay, Value result)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    Frame frame = {.function = "sleep", .file = "loop/sleep.c", .line = __LINE__};
    if (delay <= 0) {
        Value thrown = task_wait_in(&frame, task, NULL);
        return UNLIKELY(value_failed(thrown)) ? thrown : result;
    }

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
    Value outcome = task_wait_in(&frame, task, sleep.future);
    guard_pop(&guard);
    give_back(&sleep);
    return outcome;
}

Value await_sleep(int64_t delay)
{
    return await_sleep_result(delay, NONE);
}
