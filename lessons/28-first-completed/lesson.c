/*
 * wait with FIRST_COMPLETED: three mirrors have the same file; take it from the first, and cancel the others.
 */
#include <string.h>

#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static WaitUntil return_when(void)
{
    const char *word = knob_text("return_when");
    if (strcmp(word, "FIRST_EXCEPTION") == 0) return FIRST_EXCEPTION;
    return strcmp(word, "ALL_COMPLETED") == 0 ? ALL_COMPLETED : FIRST_COMPLETED;
}

static int64_t seconds(const char *name)
{
    if (*name == 'C') return loop_seconds(3);
    return knob_seconds(name); // A and B have a knob
}

static Value download(Value mirror)
{
    LINE(4);  TRY(await_sleep(seconds(mirror.text)));
    LINE(5);  print("%s 下载完成", mirror.text);
    LINE(6);  return mirror;
}

static Value main_(Value none)
{
              Future *tasks[3] = {NULL};
    LINE(10); tasks[0] = task_future(task_create_named(coroutine(download, value_text("A")), "A"));
    LINE(11); tasks[1] = task_future(task_create_named(coroutine(download, value_text("B")), "B"));
    LINE(12); tasks[2] = task_future(task_create_named(coroutine(download, value_text("C")), "C"));
    LINE(9);  // tasks = [
              WaitResult result;
    LINE(14); Value outcome = await_wait(tasks, 3, LOOP_FOREVER, return_when(), &result);
              if (value_failed(outcome)) goto end;
    for (size_t k = 0; LINE(15), k < result.done.count; k++) {
    LINE(16);     outcome = future_result(result.done.items[k]);
                  if (value_failed(outcome)) break;
                  print("用 %s", outcome.text);
    }
    for (size_t k = 0; LINE(17), !value_failed(outcome) && k < result.pending.count; k++) {
    LINE(18);     future_cancel(result.pending.items[k], NULL);
    }
              wait_result_release(&result);
end:
    for (int k = 0; k < 3; k++) future_release(tasks[k]);
    TRY(outcome);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def download(mirror, seconds):
    LINE(8);  // async def main():
    LINE(20); return loop_run(coroutine(main_, NONE));
}
