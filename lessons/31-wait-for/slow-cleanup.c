/*
 * wait_for waits until what it cancelled has ended, however long its clean-up takes.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value fetch(Value none)
{
    LINE(4);  // try:
    LINE(5);  Value slept = await_sleep(knob_seconds("seconds"));
              if (!value_failed(slept)) {
    LINE(6);      return value_text("数据"); }
    LINE(7);  if (value_is(slept, &CancelledError)) {
    LINE(8);      print("fetch 被取消了，先断开连接");
    LINE(9);      TRY(await_sleep(knob_seconds("cleanup")));
    LINE(10);     print("断开了"); }
    LINE(11); return slept;
}

static Value main_(Value none)
{
    LINE(14); // try:
    LINE(15); Value data = await_wait_for(awaitable(coroutine(fetch, NONE)), knob_seconds("timeout"));
              if (!value_failed(data)) {
    LINE(16);     print("拿到 %s", data.text);
                  return NONE; }
    LINE(17); if (!value_is(data, &TimeoutError)) return data;
    LINE(18); print("main：超时了");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def fetch():
    LINE(13); // async def main():
    LINE(20); return loop_run(coroutine(main_, NONE));
}
