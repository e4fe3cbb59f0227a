/*
 * A timeout of 0, or in the past, is a callback in the queue. The block begins, and runs to its first
 * wait; without one, or with waits for what is done only, it ends in time.
 */
#include "pair.h"

static Value main_(Value none)
{
    bool expired;
    Future *done = loop_create_future(loop_running());
    future_set_result(done, value_text("done"));
    Timeout *limit = timeout_enter(0);
    print("no wait %s", await_future(done).text);
    timeout_exit(limit, NONE, &expired);
    print("%s", truth(expired));
    limit = timeout_enter(0);
    Value outcome = await_sleep(0);
    if (!value_failed(outcome))
        print("never");
    outcome = timeout_exit(limit, outcome, &expired);
    if (value_is(outcome, &TimeoutError))
        print("a turn is a wait %s", truth(expired));
    limit = timeout_enter_at(loop_seconds(-1));
    outcome = timeout_exit(limit, await_sleep(loop_seconds(1)), NULL);
    if (value_is(outcome, &TimeoutError))
        print("in the past");
    future_release(done);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
