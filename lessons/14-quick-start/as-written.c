/*
 * As written: `fun` is defined, `func` is called. Python notices when it gets to the line.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static const ExceptionType NameError = {.name = "NameError"};

static Value fun(Value none)
{
    LINE(3);  print("快来搞我吧！");
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  (void)fun; // async def fun(): the name is bound, nothing runs
    LINE(4);  // result = func(): a C compiler refuses what Python finds out here
    return value_exception(&NameError, "name 'func' is not defined. Did you mean: 'fun'?");
}
