/*
 * A sleep ends at the moment of its timeout. The timeout's timer is the older one, as it was entered
 * before, so it cancels the sleep. A future that a still older timer completed has its result by then, and
 * the task loses it.
 */
#include "pair.h"

static Value main_(Value none)
{
    Loop *loop = loop_running();
    Timeout *limit = timeout_enter(loop_seconds(1));
    Value outcome = await_sleep(loop_seconds(1));
    if (!value_failed(outcome))
        print("never");
    outcome = timeout_exit(limit, outcome, NULL);
    if (value_is(outcome, &TimeoutError))
        print("too late");
    Future *future = loop_create_future(loop);
    future_set_result_later(future, loop_seconds(1), value_text("result"));
    limit = timeout_enter(loop_seconds(1));
    outcome = await_future(future);
    if (!value_failed(outcome))
        print("%s", outcome.text);
    outcome = timeout_exit(limit, outcome, NULL);
    if (value_is(outcome, &TimeoutError))
        print("lost %s", future_result(future).text);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
