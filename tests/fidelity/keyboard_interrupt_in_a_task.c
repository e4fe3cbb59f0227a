/*
 * KeyboardInterrupt in a task ends the task and leaves the loop at once: the rest of the batch stays in
 * the queue. asyncio.run then cancels what is left, and the interrupt comes out of it.
 */
#include "pair.h"

static Task *interrupting;

static Value interrupts(Value none)
{
    print("interrupts");
    return value_exception(&KeyboardInterrupt, "by hand");
}

static Value child(Value name)
{
    print("%s", name.text);
    Value outcome = await_sleep(loop_seconds(10));
    print("%s ends", name.text);
    return outcome;
}

static Value main_(Value none)
{
    task_release(task_create(coroutine(child, value_text("before"))));
    interrupting = task_create(coroutine(interrupts, NONE));
    task_release(task_create(coroutine(child, value_text("after"))));
    return await_sleep(loop_seconds(10));
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &KeyboardInterrupt))
        print("%s %s", repr(error), repr(future_exception(task_future(interrupting))));
    task_release(interrupting);
    return NONE;
}
