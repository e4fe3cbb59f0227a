/*
 * Called directly, the same function blocks the only thread that the loop has.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value fetch(const char *name)
{
    LINE(5);  blocking_sleep(knob_seconds("seconds"));
    LINE(6);  return value_text(text_format("%s到了", name));
}

static Value clock(Value none)
{
    LINE(9);  for (int tick = 0; tick < 3; tick++) {
    LINE(10);     print("滴答 %d", tick);
    LINE(11);     TRY(await_sleep(knob_seconds("tick")));
    LINE(9);  }
    return NONE;
}

static Value main_(Value none)
{
    LINE(14); Task *ticking = task_create(coroutine(clock, NONE));
    LINE(15); Value page = fetch("网页");
    LINE(16); print("%s", page.text);
    LINE(17); Value outcome = await_task(ticking);
    task_release(ticking);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  // import time
    LINE(4);  // def fetch(name):
    LINE(8);  // async def clock():
    LINE(13); // async def main():
    LINE(19); return loop_run(coroutine(main_, NONE));
}
