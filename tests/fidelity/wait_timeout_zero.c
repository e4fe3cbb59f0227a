/*
 * A timeout of 0 is a timer that is due at once: one iteration, in which what is ready runs first. What is
 * done by then is done, and nothing is cancelled.
 */
#include "pair.h"

static Value quick(Value none)
{
    return value_text("quick");
}

static Value slow(Value none)
{
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    return value_text("slow");
}

static Value main_(Value none)
{
    Task *one = task_create(coroutine(quick, NONE)), *two = task_create(coroutine(slow, NONE));
    Future *tasks[] = {task_future(one), task_future(two)};
    for (int k = 0; k < 2; k++) {
        WaitResult result;
        await_wait(tasks, 2, 0, ALL_COMPLETED, &result);
        print("%zu %zu", result.done.count, result.pending.count);
        wait_result_release(&result);
    }
    print("%s", await_task(two).text);
    task_release(one);
    task_release(two);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
