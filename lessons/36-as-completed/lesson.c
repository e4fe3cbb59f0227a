/*
 * as_completed: one result after the other, in the order in which they come, not in that of the list.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value fetch(Value name)
{
    LINE(4);  TRY(await_sleep(knob_seconds(name.text))); // each has its knob
    LINE(5);  return name;
}

static Value main_(Value none)
{
              Value outcome = NONE;
    LINE(8);  Awaitable pages[] = {awaitable(coroutine(fetch, value_text("A"))),
                                   awaitable(coroutine(fetch, value_text("B"))),
                                   awaitable(coroutine(fetch, value_text("C")))};
              AsCompleted *completed = as_completed(pages, 3, LOOP_FOREVER);
              Coroutine *page;
    while (LINE(9), (page = as_completed_next(completed))) {
    LINE(10);     outcome = await_coroutine(page);
                  if (value_failed(outcome)) goto end;
    LINE(11);     print("%s 到了，马上处理", outcome.text);
    }
    LINE(12); print("全部到齐");
end:
    as_completed_free(completed);
    TRY(outcome);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def fetch(name, seconds):
    LINE(7);  // async def main():
    LINE(14); return loop_run(coroutine(main_, NONE));
}
