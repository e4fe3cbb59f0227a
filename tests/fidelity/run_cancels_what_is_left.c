/*
 * When main has ended, asyncio.run cancels all tasks that are left, in the order in which they were made,
 * and waits for them: also for those that clean up with an await. One that main made in its last step has
 * begun by then, because main's end takes an iteration to be told.
 */
#include "pair.h"

static Value child(Value name)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("%s ends", name.text);
    TRY(await_sleep(loop_seconds(1)));
    print("%s ended", name.text);
    return outcome;
}

static Value late(Value none)
{
    print("late begins");
    TRY(await_sleep(loop_seconds(10)));
    print("never");
    return NONE;
}

static Value main_(Value none)
{
    static const char *const names[] = {"one", "two"};
    for (int k = 0; k < 2; k++)
        task_release(task_create(coroutine(child, value_text(names[k]))));
    await_sleep(0);
    task_release(task_create(coroutine(late, NONE)));
    print("main");
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
