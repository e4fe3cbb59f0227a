/*
 * The same mistake, but main awaits the future: nobody hears of the error, and main waits for ever.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static const ExceptionType AttributeError = {.name = "AttributeError"};

static Value set_after(Value fut)
{
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  // fut.set_after('666'): a C compiler refuses what Python finds out here
    return value_exception(&AttributeError, "'_asyncio.Future' object has no attribute 'set_after'");
}

static Value main_(Value none)
{
    LINE(9);  Loop *loop = loop_running();
    LINE(10); Future *fut = loop_create_future(loop);
    LINE(11); Task *task = loop_create_task(loop, coroutine(set_after, value_future(fut)), NULL);
    LINE(12); Value data = await_future(fut);
              if (value_failed(data)) goto end;
    LINE(13); print("%s", data.text);
end:
    task_release(task);
    future_release(fut);
    TRY(data);
    return NONE;
}

LESSON
{
    LINE(2);  // import asyncio
    LINE(4);  // async def set_after(fut):
    LINE(8);  // async def main():
    LINE(14); return loop_run(coroutine(main_, NONE));
}
