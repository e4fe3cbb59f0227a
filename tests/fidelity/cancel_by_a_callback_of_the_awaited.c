/*
 * A future's callback runs before the tasks that wait for it if it was added earlier, and can cancel one
 * of them: the result is there, the task is ready, and gets a CancelledError.
 */
#include "pair.h"

static Task *task;

static void cancel_waiter(Future *future, void *none)
{
    print("callback %s", future_result(future).text);
    task_cancel(task, "by the callback");
}

static Value child(Value argument)
{
    Value got = await_future(argument.future);
    print("%s", value_failed(got) ? repr(got) : got.text);
    return NONE;
}

static Value main_(Value none)
{
    Future *future = loop_create_future(loop_running());
    future_add_done_callback(future, cancel_waiter, NULL);
    task = task_create(coroutine(child, value_future(future)));
    await_sleep(0);
    future_set_result(future, value_text("result"));
    await_task(task);
    task_release(task);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
