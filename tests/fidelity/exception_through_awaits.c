/*
 * An exception goes through awaited coroutines at once, and from task to task one iteration each. The one
 * that catches it ends the journey; a failed task gives it to each that awaits it, again and again.
 */
#include "pair.h"

static Value fails(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "broken");
}

static Value between(Value none)
{
    TRY(await_coroutine(coroutine(fails, NONE)));
    print("never");
    return NONE;
}

static Value passes(Value task)
{
    TRY(await_future(task.future));
    print("never");
    return NONE;
}

static Value catches(Value task)
{
    Value error = await_future(task.future);
    if (value_is(error, &ValueError))
        print("caught %s", repr(error));
    return value_text("fine");
}

static Value main_(Value none)
{
    Task *source = task_create(coroutine(between, NONE));
    Task *task = task_create(coroutine(passes, value_task(source)));
    Task *catching = task_create(coroutine(catches, value_task(task)));
    print("%s", await_task(catching).text);
    Task *const failed[] = {source, task, source};
    for (int k = 0; k < 3; k++) {
        Value error = await_task(failed[k]);
        if (value_is(error, &ValueError))
            print("main %s", repr(error));
    }
    task_release(source);
    task_release(task);
    task_release(catching);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
