/*
 * Semaphore: so many at once. Whoever ends hands the place to the first who waits.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

enum { MOST = 9 };
static Semaphore *limit;

static Value download(Value number)
{
    LINE(6);  TRY(await_semaphore_acquire(limit));
    LINE(7);  print("开始 %d", (int)number.integer);
    LINE(8);  Value outcome = await_sleep(loop_seconds((double)number.integer));
              if (value_failed(outcome)) goto leave;
    LINE(9);  print("完成 %d", (int)number.integer);
leave:
    LINE(6);  return semaphore_exit(limit, outcome);
}

static Value main_(Value none)
{
              size_t count = (size_t)knob("downloads");
              Awaitable jobs[MOST];
    LINE(12); for (size_t k = 0; k < count; k++) jobs[k] = awaitable(coroutine(download, value_int((int)k + 1)));
    LINE(13); TRY(await_gather(jobs, count, false));
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  limit = semaphore_new((int)knob("places"));
    LINE(5);  // async def download(number):
    LINE(11); // async def main():
    LINE(15); Value outcome = loop_run(coroutine(main_, NONE));
    semaphore_free(limit);
    return outcome;
}
