/*
 * wait looks at its futures when its task runs again, not when the first of them ended: those that ended
 * meanwhile are done too, and the next wait finds the others.
 */
#include "pair.h"

static Value child(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    return delay;
}

static Value main_(Value none)
{
    static const int delays[] = {2, 1, 1, 3};
    Future *tasks[4];
    size_t count = 4;
    for (int k = 0; k < 4; k++)
        tasks[k] = task_future(task_create(coroutine(child, value_int(delays[k]))));
    while (count) {
        WaitResult result;
        TRY(await_wait(tasks, count, LOOP_FOREVER, FIRST_COMPLETED, &result));
        for (size_t k = 0; k < result.done.count; k++) {
            Future *task = result.done.items[k];
            print("%s %s", task_name(future_task(task)), repr(future_result(task)));
            future_release(task);
        }
        print("%zu pending", result.pending.count);
        count = result.pending.count;
        for (size_t k = 0; k < count; k++)
            tasks[k] = result.pending.items[k];
        wait_result_release(&result);
    }
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
