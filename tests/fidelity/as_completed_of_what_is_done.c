/*
 * What is done already takes its turn through the queue: its callback puts it into as_completed's queue in
 * the next iteration. Two that complete meanwhile are given without a wait between them.
 */
#include "pair.h"

static Value ticks(Value none)
{
    for (int k = 0; k < 5; k++) {
        print("tick %d", k);
        TRY(await_sleep(0));
    }
    return NONE;
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Future *futures[3];
    for (int k = 0; k < 3; k++)
        futures[k] = loop_create_future(loop);
    future_set_result(futures[0], value_text("done before"));
    future_set_result_later(futures[2], loop_seconds(1), value_text("one"));
    future_set_result_later(futures[1], loop_seconds(1), value_text("two"));
    Task *ticking = task_create(coroutine(ticks, NONE));
    Awaitable items[] = {awaitable(futures[0]), awaitable(futures[1]), awaitable(futures[2])};
    AsCompleted *iterator = as_completed(items, 3, LOOP_FOREVER);
    while (as_completed_left(iterator))
        print("%s", await_next_completed(iterator).text);
    as_completed_free(iterator);
    await_task(ticking);
    task_release(ticking);
    for (int k = 0; k < 3; k++)
        future_release(futures[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
