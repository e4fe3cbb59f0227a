/*
 * A task that is done refuses a cancel and counts none, also in the same iteration in which it ended,
 * while those that wait for it stand in the queue.
 */
#include "pair.h"

static Value child(Value none)
{
    return value_text("result");
}

static void cancel(void *task)
{
    bool told = task_cancel(task, NULL);
    print("%s %d", truth(told), task_cancelling(task));
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    loop_call_soon(loop_running(), cancel, task);
    print("%s", await_task(task).text);
    bool told = task_cancel(task, "again");
    print("%s %d %s", truth(told), task_cancelling(task), future_result(task_future(task)).text);
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
