/*
 * sleep(0): no timer and no waiting, only a turn for the others.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value count(Value name)
{
    for (int n = 1; LINE(4), n <= knob("turns"); n++) {
        LINE(5);  print("%s %d", name.text, n);
        LINE(6);  TRY(await_sleep(0));
    }
    return NONE;
}

static Value main_(Value none)
{
    LINE(9);  Task *a = task_create_named(coroutine(count, value_text("甲")), "甲");
    LINE(10); Task *b = task_create_named(coroutine(count, value_text("乙")), "乙");
    LINE(11); Value outcome = await_task(a);
              if (value_failed(outcome)) goto end;
    LINE(12); outcome = await_task(b);
end:
    task_release(a);
    task_release(b);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def count(name):
    LINE(8);  // async def main():
    LINE(14); return loop_run(coroutine(main_, NONE));
}
