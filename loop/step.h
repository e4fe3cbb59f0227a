/*
 * step.h — one step of a task, CPython's Task.__step: let its coroutine run until it waits, yields or ends.
 *
 * Inline in the loop's iteration for the reason given in switch.h; whatever is not on the way of a task that
 * yields and goes on is in task.c.
 */
#ifndef STEP_H
#define STEP_H

#include "scheduler.h"
#include "switch.h"
#include "task.h"

/** @return false when it ended with an exception that ends the loop's run */
static inline __attribute__((always_inline)) bool task_step(Loop *loop, Task *task)
{
    Coroutine *coroutine = task->coroutine;
    if (LIKELY(coroutine->state == COROUTINE_SUSPENDED && !task->waiter && !task->future.must_cancel))
        coroutine->value.kind = VALUE_NONE; /* what its await gives */
    else if (!task_before_step(task))
        return true;
    loop->current = task;
    coroutine_resume(coroutine);
    loop->current = NULL;
    if (UNLIKELY(coroutine->state != COROUTINE_SUSPENDED || task->waiter))
        return task_after_step(task);
    task_enqueue_step(loop, task);
    return true;
}

#endif
