/*
 * An exception that nobody retrieved: it is kept in the task, and told only when the task goes.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value worker(Value none)
{
    LINE(4);  return value_exception(&ValueError, "坏了");
}

static Value main_(Value none)
{
    LINE(7);  Task *task = task_create(coroutine(worker, NONE));
    LINE(8);  Value outcome = await_sleep(knob_seconds("seconds"));
    LINE(9);  print("一切正常？");
    LINE(10); task_release(task);
              TRY(outcome);
    LINE(11); TRY(await_sleep(loop_seconds(1)));
    LINE(12); print("main 结束");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def worker():
    LINE(6);  // async def main():
    LINE(14); return loop_run(coroutine(main_, NONE));
}
