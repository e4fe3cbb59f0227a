/*
 * Task, example 2: tasks with names, and wait: a future of its own that counts completions.
 */
#include <stdlib.h>
#include <string.h>

#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int64_t timeout(void)
{
    const char *seconds = knob_text("timeout");
    return strcmp(seconds, "None") == 0 ? LOOP_FOREVER : loop_seconds(strtod(seconds, NULL));
}

static Value func(Value none)
{
    LINE(4);  print("1");
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  print("2");
    LINE(7);  return value_text("返回值");
}

static Value main_(Value none)
{
    LINE(10); print("main开始");
              Future *task_list[2] = {NULL};
    LINE(14); task_list[0] = task_future(task_create_named(coroutine(func, NONE), "n1"));
    LINE(15); task_list[1] = task_future(task_create_named(coroutine(func, NONE), "n2"));
    LINE(13); // task_list = [
    LINE(18); print("main结束");
              WaitResult result;
    LINE(20); Value waited = await_wait(task_list, 2, timeout(), ALL_COMPLETED, &result);
              if (value_failed(waited)) goto end;
    LINE(21); print("%s", task_set_repr(&result.done));
              wait_result_release(&result);
end:
    future_release(task_list[0]);
    future_release(task_list[1]);
    return waited;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def func():
    LINE(9);  // async def main():
    LINE(23); return loop_run(coroutine(main_, NONE));
}
