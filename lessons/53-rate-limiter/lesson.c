/*
 * A rate limiter: a lock that everybody holds for a moment lets one request through at a time, at its pace.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

enum { MOST_REQUESTS = 20 };

static Lock *gate; // of the module here: it is freed when the run is over

static Value request(Value n)
{
    LINE(4);  TRY(await_lock_acquire(gate));
    LINE(5);  Value outcome = await_sleep(knob_seconds("pace"));
    LINE(4);  TRY(lock_exit(gate, outcome));
    LINE(6);  print("发出 %d", (int)n.integer);
    LINE(7);  TRY(await_sleep(knob_seconds("answer")));
    LINE(8);  print("答复 %d", (int)n.integer);
    return NONE;
}

static Value main_(Value none)
{
    size_t count = (size_t)knob("requests");
    LINE(11); gate = lock_new();
    LINE(12); Awaitable requests[MOST_REQUESTS];
              for (size_t n = 1; n <= count; n++)
                  requests[n - 1] = awaitable(coroutine(request, value_int((int64_t)n)));
    LINE(13); TRY(await_gather(requests, count, false));
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def request(n, gate):
    LINE(10); // async def main():
    LINE(15); Value outcome = loop_run(coroutine(main_, NONE));
              lock_free(gate);
    return outcome;
}
