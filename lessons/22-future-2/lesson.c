/*
 * Future, example 2: a task gives a future its result; awaiting a future that is done does not suspend.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value set_after(Value argument)
{
    Future *fut = argument.future;
    LINE(4);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(5);  TRY(future_set_result(fut, value_text("666")));
    return NONE;
}

static Value main_(Value none)
{
    LINE(9);  Loop *loop = loop_running();
    LINE(11); Future *fut = loop_create_future(loop);
    LINE(15); Task *task = loop_create_task(loop, coroutine(set_after, value_future(fut)), NULL);
              Value data = await_task(task);
              task_release(task);
              if (value_failed(data)) goto end;
    LINE(17); data = await_future(fut);
              if (value_failed(data)) goto end;
    LINE(18); print("%s", data.text);
end:
    future_release(fut);
    TRY(data);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def set_after(fut):
    LINE(7);  // async def main():
    LINE(19); return loop_run(coroutine(main_, NONE));
}
