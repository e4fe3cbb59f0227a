/*
 * async for: each item is awaited, and between two items the others have their turn.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

typedef struct Countdown {
    int left;
} Countdown;

static Countdown countdown(int start)
{
    LINE(5);  return (Countdown){.left = start};
}

static Value anext(Value countdown)
{
              Countdown *self = countdown.pointer;
    LINE(11); if (self->left == 0) {
    LINE(12);     return value_exception(&StopAsyncIteration, NULL);
              }
    LINE(13); TRY(await_sleep(knob_seconds("seconds")));
    LINE(14); self->left--;
    LINE(15); return value_int(self->left + 1);
}

/* What `async for` awaits for each item. */
static Value next(void *self)
{
    LINE(18); return await_coroutine(coroutine_new("Countdown.__anext__", anext, value_pointer(self, NULL)));
}

static AsyncIterator aiter(Countdown *self)
{
    LINE(8);  return (AsyncIterator){next, self};
}

static Value rocket(Value name)
{
    LINE(18); Countdown numbers = countdown((int)knob("start"));
              ASYNC_FOR (number, aiter(&numbers)) {
    LINE(19);     print("%s %d", name.text, (int)number.integer);
              }
    LINE(20); print("%s 升空", name.text);
    return NONE;
}

static Value main_(Value none)
{
    LINE(23); Awaitable rockets[] = {awaitable(coroutine(rocket, value_text("A"))),
                                     awaitable(coroutine(rocket, value_text("B")))};
              TRY(await_gather(rockets, 2, false));
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // class Countdown:
    LINE(17); // async def rocket(name):
    LINE(22); // async def main():
    LINE(25); return loop_run(coroutine(main_, NONE));
}
