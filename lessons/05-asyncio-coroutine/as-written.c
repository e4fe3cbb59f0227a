/*
 * As written: asyncio.coroutine is gone since Python 3.11, and the program ends at its second line.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static const ExceptionType AttributeError = {.name = "AttributeError"};

/* asyncio.coroutine: in C a function that does not exist would not even compile. */
static Value asyncio_coroutine(void)
{
    return value_exception(&AttributeError,
                           "module 'asyncio' has no attribute 'coroutine'. Did you mean: 'coroutines'?");
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(2);  TRY(asyncio_coroutine());
    return NONE; // line 3, and all the rest, is never reached
}
