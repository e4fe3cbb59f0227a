/*
 * wait_for makes a task of a coroutine, with a timer made before it. What it awaits may be done, end, or
 * fail in time: its timer is cancelled. Without a timeout it is a plain await, and makes neither.
 */
#include "pair.h"

static Value child(Value outcome)
{
    TRY(await_sleep(loop_seconds(1)));
    return outcome.text[0] == 'b' ? value_exception(&ValueError, outcome.text) : outcome;
}

static Value main_(Value none)
{
    print("%s", await_wait_for(awaitable(coroutine(child, value_text("result"))), loop_seconds(2)).text);
    Value error = await_wait_for(awaitable(coroutine(child, value_text("broken"))), loop_seconds(2));
    if (value_is(error, &ValueError))
        print("%s", repr(error));
    Task *done = task_create(coroutine(child, value_text("done before")));
    await_task(done);
    print("%s", await_wait_for(awaitable(done), loop_seconds(2)).text);
    task_release(done);
    print("%s",
          await_wait_for(awaitable(coroutine(child, value_text("without a timeout"))), LOOP_FOREVER).text);
    await_sleep(loop_seconds(5));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
