/*
 * run_in_executor: a function that blocks is given to another thread, and the loop only waits for its result.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value fetch(void *name)
{
    blocking_sleep(knob_seconds("seconds"));
    return value_text(text_format("%s到了", (const char *)name));
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
    LINE(14); Loop *loop = loop_running();
    LINE(15); Task *ticking = task_create(coroutine(clock, NONE));
    LINE(16); Future *job = loop_run_in_executor(loop, fetch, "网页");
              Value page = await_future(job);
              future_release(job);
              Value outcome = page;
              if (value_failed(page)) goto end;
    LINE(17); print("%s", page.text);
    LINE(18); outcome = await_task(ticking);
end:
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
    LINE(20); return loop_run(coroutine(main_, NONE));
}
