/*
 * Event: a flag that tasks wait for. One set() wakes them all, and who comes later does not wait.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

enum { MOST = 6 };
static Event *start;

static Value runner(Value number)
{
    LINE(6);  print("%s 就位", number.text);
    LINE(7);  TRY(await_event_wait(start));
    LINE(8);  print("%s 起跑", number.text);
    return NONE;
}

static Value main_(Value none)
{
              size_t count = (size_t)knob("runners");
              Task *runners[MOST];
              Awaitable all[MOST];
    LINE(11); for (size_t k = 0; k < count; k++) {
                  runners[k] = task_create(coroutine(runner, value_text(text_format("%zu", k + 1))));
                  all[k] = awaitable(runners[k]);
              }
    LINE(12); Value outcome = await_sleep(knob_seconds("seconds"));
              if (value_failed(outcome)) goto end;
    LINE(13); event_set(start);
    LINE(14); print("砰！");
    LINE(15); outcome = await_gather(all, count, false);
              if (value_failed(outcome)) goto end;
    LINE(16); outcome = await_coroutine(coroutine(runner, value_text("迟到者")));
end:
    for (size_t k = 0; k < count; k++) task_release(runners[k]);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  start = event_new();
    LINE(5);  // async def runner(number):
    LINE(10); // async def main():
    LINE(18); Value outcome = loop_run(coroutine(main_, NONE));
    event_free(start);
    return outcome;
}
