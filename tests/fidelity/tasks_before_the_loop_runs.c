/*
 * Tasks and callbacks that are made before the loop runs stand in the queue in that order, with the task
 * of run_until_complete last. That task ends the run; the others are still where they were.
 */
#include "pair.h"

static Value child(Value name)
{
    print("%s", name.text);
    TRY(await_sleep(0));
    print("%s again", name.text);
    return NONE;
}

static void say(void *text)
{
    print("%s", (char *)text);
}

PAIR
{
    Loop *loop = loop_new(NULL);
    Task *one = loop_create_task(loop, coroutine(child, value_text("one")), NULL);
    loop_call_soon(loop, say, "soon");
    Task *two = loop_create_task(loop, coroutine(child, value_text("two")), "two");
    loop_call_later(loop, 0, say, "later");
    Task *task = loop_create_task(loop, coroutine(child, value_text("main")), NULL);
    loop_run_until_complete(loop, task_future(task));
    print("%s %s", truth(future_done(task_future(one))), truth(future_done(task_future(two))));
    task_release(one);
    task_release(two);
    task_release(task);
    loop_free(loop);
    return NONE;
}
