/*
 * Why async serves more requests: the more of them wait together, the more are done in a second, until the
 * thread's own work is all that is left.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

enum { MOST_REQUESTS = 8 };

static Value request(Value none)
{
    LINE(4);  TRY(await_sleep(knob_seconds("wait")));
    LINE(5);  blocking_sleep(knob_seconds("work")); // computes
    return NONE;
}

static Value serve(Value many)
{
    size_t count = (size_t)many.integer;
    LINE(8);  int64_t start = program_time();
    LINE(9);  Awaitable requests[MOST_REQUESTS];
              for (size_t n = 0; n < count; n++)
                  requests[n] = awaitable(coroutine(request, NONE));
              TRY(await_gather(requests, count, false));
    LINE(10); double seconds = (double)(program_time() - start) / 1e9;
    LINE(11); print("同时 %d 个：每秒 %.1f 个", (int)count, (double)count / seconds);
    return NONE;
}

static Value main_(Value none)
{
    for (int many = 1; LINE(14), many <= MOST_REQUESTS; many *= 2) {
        LINE(15); TRY(await_coroutine(coroutine(serve, value_int(many))));
    }
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio, time
    LINE(3);  // async def request():
    LINE(7);  // async def serve(many):
    LINE(13); // async def main():
    LINE(17); return loop_run(coroutine(main_, NONE));
}
