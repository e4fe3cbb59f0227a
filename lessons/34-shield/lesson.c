/*
 * shield: a future in front of a task, which takes the cancel in its place.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value save(Value none)
{
    LINE(4);  print("开始保存");
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  print("保存好了");
    return NONE;
}

static Value main_(Value none)
{
    LINE(9);  Task *saving = task_create_named(coroutine(save, NONE), "save");
    LINE(10); // try:
    LINE(11); Future *shielded = shield(awaitable(saving));
              Value outcome = await_wait_for(awaitable(shielded), knob_seconds("timeout"));
              future_release(shielded);
              if (value_failed(outcome)) {
    LINE(12);     if (!value_is(outcome, &TimeoutError)) goto end;
    LINE(13);     print("main：不等了"); }
    LINE(14); outcome = await_wait((Future *[]){task_future(saving)}, 1, LOOP_FOREVER, ALL_COMPLETED, NULL);
              if (value_failed(outcome)) goto end;
    LINE(15); print("保存被取消了吗？ %s", future_cancelled(task_future(saving)) ? "True" : "False");
end:
    task_release(saving);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def save():
    LINE(8);  // async def main():
    LINE(17); return loop_run(coroutine(main_, NONE));
}
