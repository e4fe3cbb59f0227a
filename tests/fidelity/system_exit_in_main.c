/*
 * SystemExit in main leaves the loop at once, and goes out through asyncio.run after its shutdown: so a
 * program ends in the middle of its other tasks.
 */
#include "pair.h"

static Value child(Value name)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("%s ends", name.text);
    return outcome;
}

static Value main_(Value none)
{
    task_release(task_create(coroutine(child, value_text("one"))));
    await_sleep(0);
    task_release(task_create(coroutine(child, value_text("two"))));
    return value_exception(&SystemExit, "enough");
}

PAIR
{
    Value error = loop_run(coroutine(main_, NONE));
    if (value_is(error, &SystemExit))
        print("%s", repr(error));
    return NONE;
}
