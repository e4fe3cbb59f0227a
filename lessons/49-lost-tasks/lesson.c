/*
 * Fire and forget: nobody waits for the tasks, so what they still had to do is lost when main ends.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value save(Value name)
{
    LINE(4);  print("开始保存 %s", name.text);
    LINE(5);  TRY(await_sleep(knob_seconds("save")));
    LINE(6);  print("已保存 %s", name.text);
    return NONE;
}

static Value main_(Value none)
{
    LINE(9);  task_release(task_create(coroutine(save, value_text("日记"))));
    LINE(10); task_release(task_create(coroutine(save, value_text("照片"))));
    LINE(11); TRY(await_sleep(knob_seconds("main")));
    LINE(12); print("main结束");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def save(name):
    LINE(8);  // async def main():
    LINE(14); return loop_run(coroutine(main_, NONE));
}
