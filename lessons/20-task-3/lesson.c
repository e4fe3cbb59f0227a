/*
 * Task, example 3: coroutine objects made before there is a loop, tasks made once it runs.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Coroutine *task_list[2];
static WaitResult result; /* done, pending: what main returns, too big for a Value */

static Value func(Value none)
{
    LINE(4);  print("1");
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  print("2");
    LINE(7);  return value_text("返回值");
}

static Value main_(Value none)
{
    LINE(15); Future *tasks[2] = {NULL};
              for (int k = 0; k < 2; k++) tasks[k] = task_future(task_create(task_list[k]));
    LINE(16); Value waited = await_wait(tasks, 2, LOOP_FOREVER, ALL_COMPLETED, &result);
    future_release(tasks[0]);
    future_release(tasks[1]);
    TRY(waited);
    return value_pointer(&result, text_format("(%s, %s)", task_set_repr(&result.done),
                                              task_set_repr(&result.pending)));
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def func():
    LINE(10); task_list[0] = coroutine(func, NONE);
    LINE(11); task_list[1] = coroutine(func, NONE);
    LINE(9);  // task_list = [
    LINE(14); // async def main():
    LINE(18); TRY(loop_run(coroutine(main_, NONE)));
    LINE(19); print("%s", task_set_repr(&result.done));
    wait_result_release(&result);
    return NONE;
}
