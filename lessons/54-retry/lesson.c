/*
 * Retry with back-off: after each failure wait twice as long, and after so many give up.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static const ExceptionType ConnectionError = {.name = "ConnectionError"};

static Value fetch(Value attempt)
{
    LINE(4);  TRY(await_sleep(loop_seconds(0.5)));
    LINE(5);  if (attempt.integer <= knob("fails")) {
    LINE(6);      return value_exception(&ConnectionError, "没接通"); }
    LINE(7);  return value_text("数据");
}

static Value fetch_again(Value tries)
{
    LINE(10); double delay = knob("delay");
    for (int64_t attempt = 1; LINE(11), attempt <= tries.integer; attempt++) {
        LINE(12); // try:
        LINE(13); Value got = await_coroutine(coroutine(fetch, value_int(attempt)));
                  if (!value_failed(got)) return got;
        LINE(14); if (!value_is(got, &ConnectionError)) return got;
        LINE(15); if (attempt == tries.integer) {
        LINE(16);     return got; }
        LINE(17); print("第 %d 次%s，等 %g 秒", (int)attempt, got.message, delay);
        LINE(18); TRY(await_sleep(loop_seconds(delay)));
        LINE(19); delay = delay * 2;
    }
    return NONE;
}

static Value main_(Value none)
{
    LINE(22); Value got = await_coroutine(coroutine(fetch_again, value_int((int64_t)knob("tries"))));
              TRY(got);
              print("拿到 %s", got.text);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def fetch(attempt):
    LINE(9);  // async def fetch_again(tries):
    LINE(21); // async def main():
    LINE(24); return loop_run(coroutine(main_, NONE));
}
