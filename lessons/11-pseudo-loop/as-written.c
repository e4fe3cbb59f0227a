/*
 * As written: pseudo-code is no Python. Its commas are Chinese ones: nothing is compiled, and no line ever
 * runs.
 */
#include "lesson.h"

static const ExceptionType SyntaxError = {.name = "SyntaxError"};

LESSON
{
    return value_exception(&SyntaxError, "invalid character '，' (U+FF0C)");
}
