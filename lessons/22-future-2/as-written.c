/*
 * As written: a Future has no set_after. The error ends the task, and reaches main through `await task`.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static const ExceptionType AttributeError = {.name = "AttributeError"};

static Value set_after(Value fut)
{
    LINE(4);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(5);  // fut.set_after('666'): a C compiler refuses what Python finds out here
    return value_exception(&AttributeError, "'_asyncio.Future' object has no attribute 'set_after'");
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
