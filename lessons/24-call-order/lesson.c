/*
 * call_soon and call_later: plain functions that the loop calls, and in which order it does.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static void four(void *none);

static void one(void *none)
{
    LINE(4);  print("一");
    LINE(5);  loop_call_soon(loop_running(), four, NULL);
}

static void two(void *none)
{
    LINE(8);  print("二");
}

static void three(void *none)
{
    LINE(11); print("三");
}

static void four(void *none)
{
    LINE(14); print("四");
}

static void five(void *none)
{
    LINE(17); print("五");
}

static Value main_(Value none)
{
    LINE(20); Loop *loop = loop_running();
    LINE(21); loop_call_later(loop, knob_seconds("later"), five, NULL);
    LINE(22); loop_call_later(loop, 0, three, NULL);
    LINE(23); loop_call_soon(loop, one, NULL);
    LINE(24); loop_call_soon(loop, two, NULL);
    LINE(25); print("main让出");
    LINE(26); TRY(await_sleep(knob_seconds("seconds")));
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // def one():
    LINE(7);  // def two():
    LINE(10); // def three():
    LINE(13); // def four():
    LINE(16); // def five():
    LINE(19); // async def main():
    LINE(28); return loop_run(coroutine(main_, NONE));
}
