/*
 * A putter is cancelled after a get woke it, and its place is taken before it runs: then there is nothing to
 * wake the next one for.
 */
#include "pair.h"

static Queue *queue;

static Value putter(Value name)
{
    Value outcome = await_queue_put(queue, name);
    print("%s %s", name.text, value_failed(outcome) ? repr(outcome) : "is in");
    return outcome;
}

static Value main_(Value none)
{
    TRY(queue_put_nowait(queue, value_text("x")));
    Task *a = task_create(coroutine(putter, value_text("a")));
    Task *b = task_create(coroutine(putter, value_text("b")));
    TRY(await_sleep(0));
    print("main %s", repr(queue_get_nowait(queue)));
    TRY(queue_put_nowait(queue, value_text("y")));
    task_cancel(a, NULL);
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    print("b waits: %s", truth(!future_done(task_future(b))));
    print("main %s", repr(queue_get_nowait(queue)));
    TRY(await_task(b));
    task_release(a);
    task_release(b);
    return NONE;
}

PAIR
{
    queue = queue_new(1);
    Value result = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return result;
}
