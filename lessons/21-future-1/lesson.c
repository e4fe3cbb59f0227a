/*
 * Future, example 1: a future that nobody completes. Who waits for it waits for ever.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value main_(Value none)
{
    LINE(4);  Loop *loop = loop_running();
    LINE(6);  Future *fut = loop_create_future(loop);
    LINE(8);  Value result = await_future(fut);
    future_release(fut);
    TRY(result);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  // async def main():
    LINE(9);  return loop_run(coroutine(main_, NONE));
}
