/*
 * In a step the current task is the one that runs, also deep inside awaited coroutines; in a plain
 * callback there is none, not even where a task queued it.
 */
#include "pair.h"

static const char *name(void)
{
    return task_current() ? task_name(task_current()) : "nobody";
}

static void callback(void *none)
{
    print("callback %s", name());
}

static void done(Future *task, void *none)
{
    print("done %s", name());
}

static Value inner(Value none)
{
    print("inner %s", name());
    loop_call_soon(loop_running(), callback, NULL);
    TRY(await_sleep(0));
    print("inner %s", name());
    return NONE;
}

static Value child(Value none)
{
    return await_coroutine(coroutine(inner, NONE));
}

static Value main_(Value none)
{
    Task *task = task_create_named(coroutine(child, NONE), "child");
    future_add_done_callback(task_future(task), done, NULL);
    print("main %s", name());
    await_task(task);
    print("main %s", name());
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
