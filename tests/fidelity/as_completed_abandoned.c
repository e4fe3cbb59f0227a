/*
 * Who takes only the first that is done lets the others go on: nobody cancels them, and their callbacks
 * still run and put them where nobody looks.
 */
#include "pair.h"

static Value child(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    print("child %s", repr(delay));
    return delay;
}

static Value main_(Value none)
{
    static const int delays[] = {2, 1, 3};
    Task *tasks[3];
    Awaitable items[3];
    Value results[3];
    for (int k = 0; k < 3; k++)
        items[k] = awaitable(tasks[k] = task_create(coroutine(child, value_int(delays[k]))));
    AsCompleted *iterator = as_completed(items, 3, loop_seconds(5));
    print("%s", repr(await_next_completed(iterator)));
    as_completed_free(iterator);
    await_sleep(loop_seconds(5));
    for (int k = 0; k < 3; k++)
        results[k] = future_result(task_future(tasks[k]));
    print("%s", repr(value_list(results, 3)));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
