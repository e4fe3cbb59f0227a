/*
 * Cancelled before its first step: the body never runs, and neither does its `finally`.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value work(Value none)
{
    LINE(4);  // try:
    LINE(5);  print("打开文件");
    LINE(6);  Value outcome = await_sleep(loop_seconds(10));
              if (value_failed(outcome)) goto finally;
    LINE(7);  print("写完了");
finally:
    LINE(9);  print("关闭文件");
    TRY(outcome);
    return NONE;
}

static Value main_(Value none)
{
    LINE(12); Task *task = task_create(coroutine(work, NONE));
    LINE(13); task_cancel(task, NULL);
    LINE(14); // try:
    LINE(15); Value outcome = await_task(task);
              if (!value_failed(outcome)) goto end;
    LINE(16); if (!value_is(outcome, &CancelledError)) goto end;
    LINE(17); print("它被取消了");
              outcome = NONE;
end:
    task_release(task);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def work():
    LINE(11); // async def main():
    LINE(19); return loop_run(coroutine(main_, NONE));
}
