/*
 * gather with return_exceptions: it waits for all, and a failure is a result like the others, in its place.
 */
#include <string.h>

#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int64_t seconds(const char *name)
{
    if (*name == 'B') return knob_seconds("B");
    return loop_seconds(*name == 'A' ? 3 : 2);
}

static Value fetch(Value name)
{
    LINE(4);  TRY(await_sleep(seconds(name.text)));
    LINE(5);  if (strcmp(name.text, knob_text("fails")) == 0) {
    LINE(6);      return value_exception(&ValueError, text_format("%s 出错", name.text)); }
    LINE(7);  print("%s 完成", name.text);
    LINE(8);  return name;
}

static Value main_(Value none)
{
    LINE(11); // results = await asyncio.gather(
    LINE(12); Awaitable three[] = {awaitable(coroutine(fetch, value_text("A"))),
                                   awaitable(coroutine(fetch, value_text("B"))),
                                   awaitable(coroutine(fetch, value_text("C")))};
    LINE(13); // return_exceptions=True)
    LINE(11); Value results = await_gather(three, 3, true);
              TRY(results);
              char repr[64];
              value_repr(results, repr, sizeof repr);
    LINE(14); print("%s", repr);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def fetch(name, seconds):
    LINE(10); // async def main():
    LINE(16); return loop_run(coroutine(main_, NONE));
}
