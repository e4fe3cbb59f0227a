/*
 * Awaiting what is done already gives nobody a turn: the queue waits until the task really suspends.
 */
#include "pair.h"

static Value other(Value none)
{
    print("other");
    return NONE;
}

static Value main_(Value none)
{
    Future *future = loop_create_future(loop_running());
    future_set_result(future, value_text("result"));
    Task *task = task_create(coroutine(other, NONE));
    for (int k = 0; k < 3; k++)
        print("%s", await_future(future).text);
    await_task(task);
    print("main");
    await_task(task);
    print("%s without a turn", truth(future_done(task_future(task))));
    task_release(task);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
