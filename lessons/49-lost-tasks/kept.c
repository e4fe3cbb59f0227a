/*
 * The cure: whoever makes a task keeps it, and awaits it before it ends.
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
    LINE(9);  Task *diary = task_create(coroutine(save, value_text("日记")));
    LINE(10); Task *photo = task_create(coroutine(save, value_text("照片")));
    LINE(11); Value outcome = await_sleep(knob_seconds("main"));
              if (value_failed(outcome)) goto end;
    LINE(12); print("main快要结束");
    LINE(13); outcome = await_task(diary);
              if (value_failed(outcome)) goto end;
    LINE(14); outcome = await_task(photo);
              if (value_failed(outcome)) goto end;
    LINE(15); print("main结束");
end:
    task_release(diary);
    task_release(photo);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def save(name):
    LINE(8);  // async def main():
    LINE(17); return loop_run(coroutine(main_, NONE));
}
