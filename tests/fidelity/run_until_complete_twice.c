/*
 * run_until_complete leaves with the iteration in which the future's callback ran, one after the future
 * was done. Other tasks stay where they are, and go on in the next run.
 */
#include "pair.h"

static Value count(Value name)
{
    for (int k = 0; k < 4; k++) {
        print("%s %d", name.text, k);
        TRY(await_sleep(0));
    }
    return NONE;
}

static Value short_(Value none)
{
    print("short");
    return NONE;
}

static void run_short(Loop *loop)
{
    Task *task = loop_create_task(loop, coroutine(short_, NONE), NULL);
    loop_run_until_complete(loop, task_future(task));
    task_release(task);
}

PAIR
{
    Loop *loop = loop_new(NULL);
    Task *other = loop_create_task(loop, coroutine(count, value_text("other")), NULL);
    run_short(loop);
    print("between");
    run_short(loop);
    print("last");
    loop_run_until_complete(loop, task_future(other));
    loop_run_until_complete(loop, task_future(other));
    task_release(other);
    loop_free(loop);
    return NONE;
}
