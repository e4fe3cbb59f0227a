/*
 * Retrieved: who awaits the task gets its exception, and nothing is left to tell.
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
              if (value_failed(outcome)) goto end;
    LINE(9);  print("一切正常？");
    LINE(10); // try:
    LINE(11); outcome = await_task(task);
    LINE(12); if (!value_is(outcome, &ValueError)) goto end;
    LINE(13); print("不，出错了： %s", outcome.message);
              outcome = NONE;
end:
    LINE(14); task_release(task);
              TRY(outcome);
    LINE(15); print("main 结束");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def worker():
    LINE(6);  // async def main():
    LINE(17); return loop_run(coroutine(main_, NONE));
}
