/*
 * Timeout and completion fall due in the same moment. The older timer fires first, so it decides whether
 * the child ends before or after the waiting task looks: a child that slept already is done, one that
 * begins to sleep after the wait set its timer is pending.
 */
#include "pair.h"

static Value child(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_text("result");
}

static Value main_(Value none)
{
    WaitResult result;
    Task *started = task_create(coroutine(child, NONE));
    await_sleep(0);
    await_wait((Future *[]){task_future(started)}, 1, loop_seconds(1), ALL_COMPLETED, &result);
    print("started before: %zu %zu", result.done.count, result.pending.count);
    wait_result_release(&result);
    Task *new = task_create(coroutine(child, NONE));
    await_wait((Future *[]){task_future(new)}, 1, loop_seconds(1), ALL_COMPLETED, &result);
    print("started by the wait: %zu %zu", result.done.count, result.pending.count);
    wait_result_release(&result);
    print("%s", await_task(new).text);
    task_release(started);
    task_release(new);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
