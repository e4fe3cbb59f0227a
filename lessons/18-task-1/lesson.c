/*
 * Task, example 1: create_task only queues. Two tasks wait at the same time.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value func(Value none)
{
    LINE(4);  print("1");
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  print("2");
    LINE(7);  return value_text("返回值");
}

static Value main_(Value none)
{
    LINE(10); print("main开始");
    LINE(13); Task *task1 = task_create(coroutine(func, NONE));
    LINE(16); Task *task2 = task_create(coroutine(func, NONE));
    LINE(18); print("main结束");
    LINE(21); Value ret1 = await_task(task1);
              Value ret2 = NONE;
              if (value_failed(ret1)) goto end;
    LINE(22); ret2 = await_task(task2);
              if (value_failed(ret2)) goto end;
    LINE(23); print("%s %s", ret1.text, ret2.text);
end:
    task_release(task1);
    task_release(task2);
    TRY(ret1);
    TRY(ret2);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def func():
    LINE(9);  // async def main():
    LINE(25); return loop_run(coroutine(main_, NONE));
}
