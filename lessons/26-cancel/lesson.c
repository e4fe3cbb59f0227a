/*
 * Cancel: CancelledError is raised at the await, so that the task can clean up before it ends.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value work(Value none)
{
    LINE(4);  // try:
    LINE(5);  print("打开文件");
    LINE(6);  Value outcome = await_sleep(knob_seconds("work"));
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
    LINE(13); Value outcome = await_sleep(knob_seconds("patience"));
              if (value_failed(outcome)) goto end;
    LINE(14); task_cancel(task, NULL);
    LINE(15); // try:
    LINE(16); outcome = await_task(task);
              if (!value_failed(outcome)) goto end;
    LINE(17); if (!value_is(outcome, &CancelledError)) goto end;
    LINE(18); print("它被取消了");
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
    LINE(20); return loop_run(coroutine(main_, NONE));
}
