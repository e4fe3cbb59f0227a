/*
 * Python 3.4's coroutines: a decorated generator waits with yield from. The loop does just what it does for
 * await.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value func1(Value none)
{
    LINE(6);  print("1");
    LINE(7);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(8);  print("2");
    return NONE;
}

static Value func2(Value none)
{
    LINE(11); print("3");
    LINE(12); TRY(await_sleep(knob_seconds("seconds")));
    LINE(13); print("4");
    return NONE;
}

static Value main_(Value none)
{
    LINE(15); Future *tasks[2] = {NULL};
              tasks[0] = task_future(task_create(coroutine(func1, NONE)));
              tasks[1] = task_future(task_create(coroutine(func2, NONE)));
              WaitResult ended;
    LINE(16); Value waited = await_wait(tasks, 2, LOOP_FOREVER, ALL_COMPLETED, &ended);
              wait_result_release(&ended);
    future_release(tasks[0]);
    future_release(tasks[1]);
    return waited;
}

LESSON
{
    LINE(2);  // import asyncio, types
    LINE(3);  // coroutine = getattr(asyncio, 'coroutine', types.coroutine)
    LINE(4);  // @coroutine
    LINE(5);  // def func1():
    LINE(9);  // @coroutine
    LINE(10); // def func2():
    LINE(14); // async def main():
    LINE(17); return loop_run(coroutine(main_, NONE));
}
