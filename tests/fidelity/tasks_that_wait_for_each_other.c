/*
 * Two tasks that wait for each other can never be woken, and nobody else is there: the program is stuck,
 * and says who waits for whom.
 */
#include "pair.h"

static Task *one, *two;

static Value waits(Value name)
{
    print("waits for %s", name.text);
    return await_task(name.text[0] == 'o' ? one : two);
}

static Value main_(Value none)
{
    one = task_create(coroutine(waits, value_text("two")));
    two = task_create(coroutine(waits, value_text("one")));
    await_sleep(loop_seconds(1));
    print("slept");
    await_task(one);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
