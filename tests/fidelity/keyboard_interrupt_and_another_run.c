/*
 * KeyboardInterrupt in a task ends run_until_complete in the middle of a batch. What is left of the batch,
 * and what the task's end queued, stands there when the loop runs again; the callback of the first run
 * does not stop the second one.
 */
#include "pair.h"

static Loop *loop;

static void say(void *text)
{
    print("%s", (char *)text);
}

static Value interrupts(Value none)
{
    loop_call_soon(loop, say, "queued by the interrupted");
    return value_exception(&KeyboardInterrupt, "by hand");
}

static Value child(Value name)
{
    for (int k = 0; k < 3; k++) {
        print("%s %d", name.text, k);
        TRY(await_sleep(0));
    }
    return NONE;
}

PAIR
{
    loop = loop_new(NULL);
    Task *task = loop_create_task(loop, coroutine(interrupts, NONE), NULL);
    loop_call_soon(loop, say, "behind it");
    Value error = loop_run_until_complete(loop, task_future(task));
    if (value_is(error, &KeyboardInterrupt))
        print("%s", repr(error));
    Task *second = loop_create_task(loop, coroutine(child, value_text("second run")), NULL);
    loop_run_until_complete(loop, task_future(second));
    print("%s", repr(future_exception(task_future(task))));
    task_release(task);
    task_release(second);
    loop_free(loop);
    return NONE;
}
