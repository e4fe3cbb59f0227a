/*
 * await, example 1: one task, one sleep. While it waits, the loop has nothing to do.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value fun(Value none)
{
    LINE(4);  print("来玩啊");
    LINE(5);  Value response = await_sleep(knob_seconds("seconds"));
              TRY(response);
    LINE(6);  print("结束 %s", response.kind == VALUE_NONE ? "None" : "?");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def fun():
    LINE(7);  return loop_run(coroutine(fun, NONE));
}
