/*
 * call_soon and call_later: plain functions that the loop calls, and in which order it does.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static void say(void *text)
{
    LINE(4);  print("%s", (const char *)text);
}

static void first(void *none)
{
    LINE(7);  print("一");
    LINE(8);  loop_call_soon(loop_running(), say, "四");
}

static Value main_(Value none)
{
    LINE(11); Loop *loop = loop_running();
    LINE(12); loop_call_later(loop, knob_seconds("later"), say, "五");
    LINE(13); loop_call_later(loop, 0, say, "三");
    LINE(14); loop_call_soon(loop, first, NULL);
    LINE(15); loop_call_soon(loop, say, "二");
    LINE(16); print("main让出");
    LINE(17); TRY(await_sleep(knob_seconds("seconds")));
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // def say(text):
    LINE(6);  // def first():
    LINE(10); // async def main():
    LINE(19); return loop_run(coroutine(main_, NONE));
}
