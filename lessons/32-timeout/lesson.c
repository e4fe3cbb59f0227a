/*
 * timeout(): one limit for a whole block. No task is made; a timer cancels the task that is inside.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value read(Value page)
{
    LINE(4);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(5);  print("读完第 %d 页", (int)page.integer);
    return NONE;
}

static Value read_all(Value none) // what stands inside the block
{
    for (int page = 1; LINE(10), page <= 3; page++) {
    LINE(11);     TRY(await_coroutine(coroutine(read, value_int(page))));
    }
    LINE(12); print("全读完了");
    return NONE;
}

static Value main_(Value none)
{
    LINE(8);  // try:
    LINE(9);  Timeout *limit = timeout_enter(knob_seconds("limit"));
              Value outcome = read_all(NONE);
    LINE(9);  outcome = timeout_exit(limit, outcome, NULL);
              if (value_failed(outcome)) {
    LINE(13);     if (!value_is(outcome, &TimeoutError)) return outcome;
    LINE(14);     print("时间到"); }
    LINE(15); print("main 接着做别的");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def read(page):
    LINE(7);  // async def main():
    LINE(17); return loop_run(coroutine(main_, NONE));
}
