/*
 * gather, and an exception in it: the first failure comes out at once, and the others go on unnoticed.
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
    LINE(11); // try:
    LINE(12); // names = await asyncio.gather(
    LINE(13); Awaitable three[] = {awaitable(coroutine(fetch, value_text("A"))),
                                   awaitable(coroutine(fetch, value_text("B"))),
                                   awaitable(coroutine(fetch, value_text("C")))};
    LINE(12); Value names = await_gather(three, 3, false);
              if (!value_failed(names)) {
                  char repr[64];
                  value_repr(names, repr, sizeof repr);
    LINE(14);     print("%s", repr); }
              else {
    LINE(15);     if (!value_is(names, &ValueError)) return names;
    LINE(16);     print("main 接到： %s", names.message); }
    LINE(17); TRY(await_sleep(knob_seconds("main")));
    LINE(18); print("main 结束");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def fetch(name, seconds):
    LINE(10); // async def main():
    LINE(20); return loop_run(coroutine(main_, NONE));
}
