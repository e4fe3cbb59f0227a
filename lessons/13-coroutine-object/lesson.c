/*
 * Coroutine function and coroutine object: calling runs nothing, only a loop runs the body.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value func(Value none)
{
    LINE(3);  print("body runs only now");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  // async def func():
    LINE(4);  Coroutine *result = coroutine(func, NONE);
    LINE(5);  print("coroutine"); // C knows the type when it compiles
    LINE(6);  return loop_run(result);
}
