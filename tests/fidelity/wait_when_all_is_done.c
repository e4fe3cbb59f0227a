/*
 * wait suspends even when all is done: each future's callback goes through the queue, and then the waiter
 * does. A future that is named twice counts once.
 */
#include "pair.h"

static Value ticks(Value none)
{
    for (int k = 0; k < 4; k++) {
        print("tick %d", k);
        await_sleep(0);
    }
    return NONE;
}

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Future *one = loop_create_future(loop), *two = loop_create_future(loop);
    future_set_result(one, NONE);
    future_cancel(two, NULL);
    Task *ticking = task_create(coroutine(ticks, NONE));
    WaitResult result;
    await_wait((Future *[]){one, two, one}, 3, LOOP_FOREVER, ALL_COMPLETED, &result);
    print("%zu %zu", result.done.count, result.pending.count);
    wait_result_release(&result);
    await_task(ticking);
    task_release(ticking);
    future_release(one);
    future_release(two);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
