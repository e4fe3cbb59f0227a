/*
 * A cancel while as_completed's next is awaited uses that turn up. The results go on to come into its
 * queue, and there is one turn less to fetch them: the last one stays behind.
 */
#include "pair.h"

static Value child(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    return delay;
}

static Value main_(Value none)
{
    static const int delays[] = {1, 3, 4};
    Task *tasks[3];
    Awaitable items[3];
    Value done[3];
    for (int k = 0; k < 3; k++)
        items[k] = awaitable(tasks[k] = task_create(coroutine(child, value_int(delays[k]))));
    AsCompleted *iterator = as_completed(items, 3, LOOP_FOREVER);
    while (as_completed_left(iterator)) {
        Timeout *limit = timeout_enter(loop_seconds(1.5));
        Value earliest = await_next_completed(iterator);
        if (!value_failed(earliest))
            print("%s", repr(earliest));
        if (value_is(timeout_exit(limit, earliest, NULL), &TimeoutError))
            print("no patience");
    }
    as_completed_free(iterator);
    for (int k = 0; k < 3; k++)
        done[k] = value_bool(future_done(task_future(tasks[k])));
    print("%s", repr(value_list(done, 3)));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
