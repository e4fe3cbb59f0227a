/*
 * The cure: between two pieces the task gives everybody else a turn.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value heartbeat(Value none)
{
    for (int n = 1; LINE(4), n <= 3; n++) {
        LINE(5);  print("心跳 %d", n);
        LINE(6);  TRY(await_sleep(loop_seconds(1)));
    }
    return NONE;
}

static Value crunch(Value none)
{
    for (int n = 0; LINE(9), n < knob("pieces"); n++) {
        LINE(10); blocking_sleep(knob_seconds("seconds")); // computes
        LINE(11); print("算完 %d", n);
        LINE(12); TRY(await_sleep(0));
    }
    return NONE;
}

static Value main_(Value none)
{
    LINE(15); Task *beat = task_create(coroutine(heartbeat, NONE));
    LINE(16); Value outcome = await_coroutine(coroutine(crunch, NONE));
              if (value_failed(outcome)) goto end;
    LINE(17); outcome = await_task(beat);
end:
    task_release(beat);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio, time
    LINE(3);  // async def heartbeat():
    LINE(8);  // async def crunch():
    LINE(14); // async def main():
    LINE(19); return loop_run(coroutine(main_, NONE));
}
