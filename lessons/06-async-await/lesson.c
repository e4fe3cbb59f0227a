/*
 * async / await (Python 3.5): func1 and func2 sleep at the same time, on one thread.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value func1(Value none)
{
    LINE(3);  print("1");
    LINE(4);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(5);  print("2");
    return NONE;
}

static Value func2(Value none)
{
    LINE(7);  print("3");
    LINE(8);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(9);  print("4");
    return NONE;
}

static Value main_(Value none)
{
    LINE(11); Future *tasks[2] = {NULL};
              tasks[0] = task_future(task_create(coroutine(func1, NONE)));
              tasks[1] = task_future(task_create(coroutine(func2, NONE)));
              WaitResult ended;
    LINE(12); Value waited = await_wait(tasks, 2, LOOP_FOREVER, ALL_COMPLETED, &ended);
              wait_result_release(&ended);
    future_release(tasks[0]);
    future_release(tasks[1]);
    return waited;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  // async def func1():
    LINE(6);  // async def func2():
    LINE(10); // async def main():
    LINE(13); return loop_run(coroutine(main_, NONE));
}
