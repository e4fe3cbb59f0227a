/*
 * A task that swallows its cancel: it goes on as if nothing had happened, and ends with a result.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value stubborn(Value none)
{
    LINE(4);  // try:
    LINE(5);  Value outcome = await_sleep(loop_seconds(10));
              if (value_failed(outcome)) {
    LINE(6);      if (!value_is(outcome, &CancelledError)) return outcome;
    LINE(7);      print("我不走"); }
    LINE(8);  TRY(await_sleep(knob_seconds("more")));
    LINE(9);  return value_text("干完了");
}

static Value main_(Value none)
{
    LINE(12); Task *task = task_create(coroutine(stubborn, NONE));
    LINE(13); Value outcome = await_sleep(knob_seconds("patience"));
              if (value_failed(outcome)) goto end;
    LINE(14); task_cancel(task, NULL);
    LINE(15); outcome = await_task(task);
              if (value_failed(outcome)) goto end;
              print("得到 %s", outcome.text);
    LINE(16); print("取消了吗 %s", future_cancelled(task_future(task)) ? "True" : "False");
              outcome = NONE;
end:
    task_release(task);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def stubborn():
    LINE(11); // async def main():
    LINE(18); return loop_run(coroutine(main_, NONE));
}
