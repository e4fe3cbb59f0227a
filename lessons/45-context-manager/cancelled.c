/*
 * A cancel in the block: what leaves it still runs, and awaits, before the task is cancelled.
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
    LINE(17); TRY(await_sleep(loop_seconds(10)));
    LINE(18); print("不会打印");
    return NONE;
}

static Value work(Value none)
{
    LINE(15); return await_with((AsyncContext){enter, leave, NULL}, block, NULL);
}

static Value main_(Value none)
{
    LINE(21); Task *task = task_create(coroutine(work, NONE));
    LINE(22); Value outcome = await_sleep(loop_seconds(2));
              if (value_failed(outcome)) goto end;
    LINE(23); task_cancel(task, NULL);
    LINE(24); // try:
    LINE(25); outcome = await_task(task);
    LINE(26); if (!value_is(outcome, &CancelledError)) goto end;
    LINE(27); print("main：它结束了");
              outcome = NONE;
end:
    task_release(task);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // class Connection:
    LINE(14); // async def work():
    LINE(20); // async def main():
    LINE(29); return loop_run(coroutine(main_, NONE));
}
