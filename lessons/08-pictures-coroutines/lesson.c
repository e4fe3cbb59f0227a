/*
 * Three pictures as coroutines: while one waits for the network, the thread begins the next.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

enum { MOST_PICTURES = 50 };

static Value download(Value n)
{
    LINE(3);  print("开始下载 %d", (int)n.integer);
    LINE(4);  TRY(await_sleep(knob_seconds("seconds"))); // stands for the network wait
    LINE(5);  print("下载完成 %d", (int)n.integer);
    return NONE;
}

static Value main_(Value none)
{
    size_t count = (size_t)knob("pictures");
    LINE(7);  Future *tasks[MOST_PICTURES];
              for (size_t n = 1; n <= count; n++)
                  tasks[n - 1] = task_future(task_create(coroutine(download, value_int((int64_t)n))));
              WaitResult ended;
    LINE(8);  Value waited = await_wait(tasks, count, LOOP_FOREVER, ALL_COMPLETED, &ended);
              wait_result_release(&ended);
    for (size_t n = 1; n <= count; n++)
        future_release(tasks[n - 1]);
    return waited;
}

LESSON
{
    LINE(1);  // import asyncio, time
    LINE(2);  // async def download(n):
    LINE(6);  // async def main():
    LINE(9);  int64_t t = program_time();
    LINE(10); TRY(loop_run(coroutine(main_, NONE)));
    LINE(11); print("用时 %.0f 秒", (double)(program_time() - t) / 1e9);
    return NONE;
}
