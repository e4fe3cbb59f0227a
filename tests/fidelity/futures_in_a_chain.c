/*
 * Futures that complete one another by callbacks: each link takes one iteration, however short, and others
 * have their turns between them.
 */
#include "pair.h"

static Future *futures[4];

static void pass_on(Future *future, void *none)
{
    int k = 0;
    while (futures[k] != future)
        k++;
    print("link %d", k);
    future_set_result(futures[k + 1], value_int(future_result(future).integer + 1));
}

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
    for (int k = 0; k < 4; k++)
        futures[k] = loop_create_future(loop_running());
    for (int k = 0; k < 3; k++)
        future_add_done_callback(futures[k], pass_on, NULL);
    Task *ticking = task_create(coroutine(ticks, NONE));
    future_set_result(futures[0], value_int(0));
    print("%s", repr(await_future(futures[3])));
    await_task(ticking);
    task_release(ticking);
    for (int k = 0; k < 4; k++)
        future_release(futures[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
