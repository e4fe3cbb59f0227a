/*
 * wait with FIRST_EXCEPTION: as long as all goes well it waits for all, and the first failure ends the wait.
 */
#include <string.h>

#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static WaitUntil return_when(void)
{
    const char *word = knob_text("return_when");
    if (strcmp(word, "FIRST_COMPLETED") == 0) return FIRST_COMPLETED;
    return strcmp(word, "ALL_COMPLETED") == 0 ? ALL_COMPLETED : FIRST_EXCEPTION;
}

static bool contains(const FutureSet *set, const Future *future)
{
    for (size_t k = 0; k < set->count; k++)
        if (set->items[k] == future) return true;
    return false;
}

static int64_t seconds(const char *name)
{
    if (*name == 'B') return knob_seconds("B");
    return loop_seconds(*name == 'A' ? 1 : 3);
}

static Value upload(Value file)
{
    LINE(4);  TRY(await_sleep(seconds(file.text)));
    LINE(5);  if (strcmp(file.text, "B") == 0) {
    LINE(6);      return value_exception(&OSError, "磁盘满了"); }
    LINE(7);  print("%s 传完", file.text);
    return NONE;
}

static Value main_(Value none)
{
              Future *tasks[3] = {NULL};
    LINE(11); tasks[0] = task_future(task_create_named(coroutine(upload, value_text("A")), "A"));
    LINE(12); tasks[1] = task_future(task_create_named(coroutine(upload, value_text("B")), "B"));
    LINE(13); tasks[2] = task_future(task_create_named(coroutine(upload, value_text("C")), "C"));
    LINE(10); // tasks = [
              WaitResult result;
    LINE(15); Value waited = await_wait(tasks, 3, LOOP_FOREVER, return_when(), &result);
              if (value_failed(waited)) goto end;
    LINE(16); print("%zu 个已结束，%zu 个没完", result.done.count, result.pending.count);
    for (int k = 0; LINE(17), k < 3; k++) {
    LINE(18);     if (contains(&result.pending, tasks[k])) {
    LINE(19);         future_cancel(tasks[k], NULL); }
                  else {
    LINE(20);         Value error = future_exception(tasks[k]);
                      if (value_failed(error)) {
    LINE(21);             print("%s 出错： %s", task_name(future_task(tasks[k])), error.message); } }
    }
              wait_result_release(&result);
end:
    for (int k = 0; k < 3; k++) future_release(tasks[k]);
    return waited;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def upload(file, seconds):
    LINE(9);  // async def main():
    LINE(23); return loop_run(coroutine(main_, NONE));
}
