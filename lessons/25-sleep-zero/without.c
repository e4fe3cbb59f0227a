/*
 * Without sleep(0): who has the turn keeps it to the end.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value count(Value name)
{
    for (int n = 1; LINE(4), n <= knob("turns"); n++) {
        LINE(5);  print("%s %d", name.text, n);
    }
    return NONE;
}

static Value main_(Value none)
{
    LINE(8);  Task *a = task_create_named(coroutine(count, value_text("甲")), "甲");
    LINE(9);  Task *b = task_create_named(coroutine(count, value_text("乙")), "乙");
    LINE(10); Value outcome = await_task(a);
              if (value_failed(outcome)) goto end;
    LINE(11); outcome = await_task(b);
end:
    task_release(a);
    task_release(b);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def count(name):
    LINE(7);  // async def main():
    LINE(13); return loop_run(coroutine(main_, NONE));
}
