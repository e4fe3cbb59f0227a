/*
 * Future, example 1, completed: a timer gives the future its result, and with it wakes main.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value main_(Value none)
{
    LINE(3);  Loop *loop = loop_running();
    LINE(4);  Future *fut = loop_create_future(loop);
    LINE(5);  future_set_result_later(fut, knob_seconds("seconds"), value_text("ok"));
    LINE(6);  Value result = await_future(fut);
              if (!value_failed(result)) print("%s", result.text);
    future_release(fut);
    TRY(result);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  // async def main():
    LINE(7);  return loop_run(coroutine(main_, NONE));
}
