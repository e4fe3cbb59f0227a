/*
 * FIRST_COMPLETED with one that is done already: its callback ends the wait in the next iteration, and
 * what ends in that iteration, or in the one until the task runs, is done as well. A timeout does not fire
 * any more.
 */
#include "pair.h"

static Value child(Value turns)
{
    for (int k = 0; k < turns.integer; k++)
        TRY(await_sleep(0));
    return turns;
}

static Value main_(Value none)
{
    Future *future = loop_create_future(loop_running());
    future_set_result(future, value_text("done before"));
    Future *all[6];
    for (int turns = 0; turns < 5; turns++)
        all[turns] = task_future(task_create(coroutine(child, value_int(turns))));
    all[5] = future;
    WaitResult result;
    await_wait(all, 6, loop_seconds(1), FIRST_COMPLETED, &result);
    Value results[6];
    for (size_t k = 0; k < result.done.count; k++)
        results[k] = future_result(result.done.items[k]);
    print("%s %zu", repr(value_list(results, result.done.count)), result.pending.count);
    wait_result_release(&result);
    await_sleep(loop_seconds(2));
    for (int k = 0; k < 6; k++)
        future_release(all[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
