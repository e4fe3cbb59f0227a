/*
 * Each asyncio.run has a loop of its own, which begins empty. A timer of the first one is forgotten with
 * it; what main queued in its last step still ran. Time and the numbers of tasks go on.
 */
#include "pair.h"

static void say(void *text)
{
    print("%s", (char *)text);
}

static Value main_(Value name)
{
    Loop *loop = loop_running();
    loop_call_later(loop, loop_seconds(0.5), say, "never");
    print("%s %s %s", name.text, task_name(task_current()), repr(value_float((double)loop_time(loop) / 1e9)));
    TRY(await_sleep(loop_seconds(0.25)));
    loop_call_soon(loop, say, "queued at the end");
    return NONE;
}

PAIR
{
    TRY(loop_run(coroutine(main_, value_text("first"))));
    return loop_run(coroutine(main_, value_text("second")));
}
