/*
 * await, example 3: awaits in a row add up, because each one ends before the next begins.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value others(Value none)
{
    LINE(4);  print("start");
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  print("end");
    LINE(7);  return value_text("返回值");
}

static Value fun(Value none)
{
    LINE(9);  print("执行协程函数内部代码");
    LINE(11); Value response1 = await_coroutine(coroutine(others, NONE));
              TRY(response1);
    LINE(12); print("IO请求结束,结果为: %s", response1.text);
    LINE(13); Value response2 = await_coroutine(coroutine(others, NONE));
              TRY(response2);
    LINE(14); print("IO请求结束,结果为: %s", response2.text);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def others():
    LINE(8);  // async def fun():
    LINE(15); return loop_run(coroutine(fun, NONE));
}
