/*
 * As written: coroutine objects are given to wait, which takes tasks only (since Python 3.11).
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Coroutine *task_list[2];

static Value func(Value none)
{
    LINE(4);  print("1");
    LINE(5);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(6);  print("2");
    LINE(7);  return value_text("返回值");
}

/* asyncio.wait as a coroutine of Python's: what await_wait's types forbid in C, it finds out when it runs. */
static Value wait_(Value coroutines)
{
    return value_exception(&TypeError, "Passing coroutines is forbidden, use tasks explicitly.");
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def func():
    LINE(10); task_list[0] = coroutine(func, NONE);
    LINE(11); task_list[1] = coroutine(func, NONE);
    LINE(9);  // task_list = [
    module_holds(task_list[0]);
    module_holds(task_list[1]);
    LINE(14); return loop_run(coroutine(wait_, value_pointer(task_list, "[func, func]")));
    LINE(15); // never reached
}
