/*
 * The inner task has ended, and the waiter is cancelled before the shield's callback ran, or after it.
 * Before, it cancels the shield, and the result does not pass; after, it is a flag. Either way the waiter
 * loses the result.
 */
#include "pair.h"

static Task *task, *early, *late;

static Value inner(Value none)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_text("result");
}

static Value outer(Value none)
{
    Value got = await_shield(awaitable(task));
    if (value_is(got, &CancelledError))
        print("%s %s", repr(got), future_result(task_future(task)).text);
    else
        print("%s", got.text);
    return NONE;
}

static void cancel_early(Future *done, void *none)
{
    task_cancel(early, "before the shield's callback");
}

static void cancel_late(Future *done, void *none)
{
    task_cancel(late, "after the shield's callback");
}

static Value main_(Value none)
{
    task = task_create(coroutine(inner, NONE));
    future_add_done_callback(task_future(task), cancel_early, NULL);
    early = task_create(coroutine(outer, NONE));
    late = task_create(coroutine(outer, NONE));
    await_sleep(0);
    future_add_done_callback(task_future(task), cancel_late, NULL);
    await_wait((Future *[]){task_future(early), task_future(late)}, 2, LOOP_FOREVER, ALL_COMPLETED, NULL);
    task_release(task);
    task_release(early);
    task_release(late);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
