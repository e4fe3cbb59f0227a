/*
 * As written: the coroutine object is made and dropped. Its body never runs, and Python warns.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value func(Value none)
{
    LINE(2);  // pass
    return NONE;
}

LESSON
{
    LINE(1);  // async def func():
    LINE(3);  Coroutine *result = coroutine(func, NONE);
    module_holds(result);
    return NONE;
}
