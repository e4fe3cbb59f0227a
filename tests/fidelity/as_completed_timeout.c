/*
 * When the time of as_completed is over, each one that is missing is a TimeoutError of its turn, at once.
 * Nobody is cancelled: the others go on.
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
    static const int delays[] = {3, 1, 4};
    Future *tasks[3];
    Awaitable items[3];
    for (int k = 0; k < 3; k++) {
        tasks[k] = task_future(task_create(coroutine(child, value_int(delays[k]))));
        items[k] = awaitable(tasks[k]);
    }
    AsCompleted *iterator = as_completed(items, 3, loop_seconds(2));
    while (as_completed_left(iterator))
        print("%s", repr(await_next_completed(iterator)));
    as_completed_free(iterator);
    await_wait(tasks, 3, LOOP_FOREVER, ALL_COMPLETED, NULL);
    for (int k = 0; k < 3; k++)
        future_release(tasks[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
