/*
 * Main waits for a future that nobody completes, while a task ticks three times. When the last timer has
 * fired nothing can ever happen again: the program is stuck, and says on what.
 */
#include "pair.h"

static Value ticks(Value none)
{
    for (int k = 0; k < 3; k++) {
        TRY(await_sleep(loop_seconds(1)));
        print("tick %d", k);
    }
    return NONE;
}

static Value waits(Value future)
{
    print("waits");
    return await_future(future.future);
}

static Value main_(Value none)
{
    task_release(task_create(coroutine(ticks, NONE)));
    Future *future = loop_create_future(loop_running());
    Task *waiting = task_create(coroutine(waits, value_future(future)));
    return await_task(waiting);
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
