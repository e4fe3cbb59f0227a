/*
 * A callback can make a task as well as a task can: its first step comes in the next iteration, behind
 * what the callback queued before, and its name is the next number.
 */
#include "pair.h"

static Task *task;

static void say(void *text)
{
    print("%s", (char *)text);
}

static Value child(Value none)
{
    print("%s", task_name(task_current()));
    return NONE;
}

static void callback(void *none)
{
    loop_call_soon(loop_running(), say, "queued before");
    task = task_create(coroutine(child, NONE));
    loop_call_soon(loop_running(), say, "queued after");
    print("callback ends");
}

static Value main_(Value none)
{
    loop_call_soon(loop_running(), callback, NULL);
    await_sleep(loop_seconds(1));
    print("%s", truth(future_done(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
