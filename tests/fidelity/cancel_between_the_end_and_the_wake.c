/*
 * The awaited task has ended and its result is there, but the one that waits for it has not run: a cancel
 * then cannot reach the ended one, and takes the result from the waiting one.
 */
#include "pair.h"

static Task *waiting;

static Value child(Value none)
{
    TRY(await_sleep(0));
    return value_text("result");
}

static void ended(Future *task, void *none)
{
    print("child ended %s", truth(task_cancel(waiting, "just then")));
}

static Value parent(Value task)
{
    Value got = await_future(task.future);
    if (value_is(got, &CancelledError))
        print("%s %s %s", repr(got), truth(future_cancelled(task.future)), future_result(task.future).text);
    else
        print("%s", got.text);
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    waiting = task_create(coroutine(parent, value_task(task)));
    future_add_done_callback(task_future(task), ended, NULL);
    await_wait((Future *[]){task_future(waiting)}, 1, LOOP_FOREVER, ALL_COMPLETED, NULL);
    task_release(task);
    task_release(waiting);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
