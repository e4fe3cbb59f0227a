/*
 * Quick start: a coroutine function, a coroutine object, and asyncio.run.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value func(Value none)
{
    LINE(3);  print("快来搞我吧！");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  // async def func():
    LINE(4);  Coroutine *result = coroutine(func, NONE);
    LINE(5);  return loop_run(result);
}
