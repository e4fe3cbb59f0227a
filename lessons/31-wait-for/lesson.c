/*
 * wait_for: when the time is over, it cancels what it waits for, and tells of it by a TimeoutError.
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
    LINE(8);      print("fetch 被取消了"); }
    LINE(9);  return slept;
}

static Value main_(Value none)
{
    LINE(12); // try:
    LINE(13); Value data = await_wait_for(awaitable(coroutine(fetch, NONE)), knob_seconds("timeout"));
              if (!value_failed(data)) {
    LINE(14);     print("拿到 %s", data.text);
                  return NONE; }
    LINE(15); if (!value_is(data, &TimeoutError)) return data;
    LINE(16); print("main：超时了");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def fetch():
    LINE(11); // async def main():
    LINE(18); return loop_run(coroutine(main_, NONE));
}
