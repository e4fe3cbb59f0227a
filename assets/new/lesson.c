/*
 * NAME: two tasks that sleep at the same time. LINE(n) says which line of lesson.py runs.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value work(Value name)
{
    LINE(4);  print("%s begins", name.text);
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  print("%s ends", name.text);
    return NONE;
}

static Value main_(Value none)
{
    LINE(9);  Task *first = task_create(coroutine(work, value_text("first")));
    LINE(10); Task *second = task_create(coroutine(work, value_text("second")));
    LINE(11); Value outcome = await_task(first);
    if (value_failed(outcome))
        goto end;
    LINE(12); outcome = await_task(second);
end:
    task_release(first);
    task_release(second);
    TRY(outcome);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def work(name):
    LINE(8);  // async def main():
    LINE(14); return loop_run(coroutine(main_, NONE));
}
