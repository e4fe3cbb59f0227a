/*
 * async with: what leaves the block is awaited too, and only then does the exception go on.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value aenter(Value none)
{
    LINE(5);  TRY(await_sleep(loop_seconds(1)));
    LINE(6);  print("已连接");
    LINE(7);  return NONE;
}

static Value aexit(Value error)
{
              char text[64];
              value_repr(error, text, sizeof text);
    LINE(10); print("正在关闭，因为 %s", text);
    LINE(11); TRY(await_sleep(knob_seconds("closing")));
    LINE(12); print("已关闭");
    return NONE;
}

static Value enter(void *self)
{
    return await_coroutine(coroutine_new("Connection.__aenter__", aenter, NONE));
}

/* What __aexit__ returns is no True: the block's exception goes on when it has closed. */
static Value leave(void *self, Value outcome)
{
    LINE(15); TRY(await_coroutine(coroutine_new("Connection.__aexit__", aexit, outcome)));
    return outcome;
}

static Value block(Value entered, void *none)
{
    LINE(16); print("正在干活");
    LINE(17); TRY(await_sleep(knob_seconds("working")));
    LINE(18); return value_exception(&ValueError, "没有回音");
}

static Value work(Value none)
{
    LINE(15); return await_with((AsyncContext){enter, leave, NULL}, block, NULL);
}

static Value main_(Value none)
{
    LINE(21); // try:
    LINE(22); Value outcome = await_coroutine(coroutine(work, NONE));
    LINE(23); if (!value_is(outcome, &ValueError)) return outcome;
    LINE(24); print("main 接到： %s", outcome.message);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // class Connection:
    LINE(14); // async def work():
    LINE(20); // async def main():
    LINE(26); return loop_run(coroutine(main_, NONE));
}
