/*
 * wait with a timeout: it looks up when the time is over, what is not done goes on, and it can be waited for
 * again.
 */
#include <string.h>

#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int64_t seconds(const char *name)
{
    if (*name == 'C') return knob_seconds("C");
    return loop_seconds(*name == 'A' ? 1 : 3);
}

static Value cook(Value dish)
{
    LINE(4);  TRY(await_sleep(seconds(dish.text)));
    LINE(5);  print("%s 做好了", dish.text);
    return NONE;
}

static Value main_(Value none)
{
              Future *pending[3] = {NULL};
    LINE(9);  pending[0] = task_future(task_create_named(coroutine(cook, value_text("A")), "A"));
    LINE(10); pending[1] = task_future(task_create_named(coroutine(cook, value_text("B")), "B"));
    LINE(11); pending[2] = task_future(task_create_named(coroutine(cook, value_text("C")), "C"));
    LINE(8);  size_t count = 3;
              Value waited = NONE;
    while (LINE(13), count > 0) {
                  WaitResult result;
    LINE(14);     waited = await_wait(pending, count, knob_seconds("timeout"), ALL_COMPLETED, &result);
                  if (value_failed(waited)) break;
                  count = result.pending.count;
                  memcpy(pending, result.pending.items, count * sizeof *pending);
    LINE(15);     print("看一眼：又好了 %zu 道，还差 %zu 道", result.done.count, count);
                  for (size_t k = 0; k < result.done.count; k++) future_release(result.done.items[k]);
                  wait_result_release(&result);
    }
    for (size_t k = 0; k < count; k++) future_release(pending[k]);
    return waited;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def cook(dish, seconds):
    LINE(7);  // async def main():
    LINE(17); return loop_run(coroutine(main_, NONE));
}
