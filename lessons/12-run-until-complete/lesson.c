/*
 * run_until_complete: a loop made by hand runs one coroutine, and stops when that one is done.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value 任务(Value none)
{
    LINE(3);  print("running");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  // async def 任务():
    LINE(4);  Loop *loop = loop_new(NULL);
              if (!loop) return value_exception(&MemoryError, NULL);
    LINE(5);  // set_event_loop(loop): in C the loop is simply passed on
    LINE(6);  Task *task = loop_create_task(loop, coroutine(任务, NONE), NULL);
              Value result = loop_run_until_complete(loop, task_future(task));
              task_release(task);
    LINE(7);  loop_close(loop);
    loop_free(loop);
    return result;
}
