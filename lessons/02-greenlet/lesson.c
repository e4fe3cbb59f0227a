/*
 * Greenlets: two functions, each on a stack of its own, hand the thread to each other.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Coroutine *gr1, *gr2;

static Value func1(Value none)
{
    LINE(3);  print("1");
    LINE(4);  TRY(coroutine_switch(gr2, NONE));
    LINE(5);  print("2");
    LINE(6);  TRY(coroutine_switch(gr2, NONE));
    return NONE;
}

static Value func2(Value none)
{
    LINE(8);  print("3");
    LINE(9);  TRY(coroutine_switch(gr1, NONE));
    LINE(10); print("4");
    return NONE;
}

LESSON
{
    LINE(1);  // from greenlet import greenlet
    LINE(2);  // def func1():
    LINE(7);  // def func2():
    LINE(11); gr1 = coroutine(func1, NONE);
    LINE(12); gr2 = coroutine(func2, NONE);
    LINE(13); Value ended = coroutine_switch(gr1, NONE);
    coroutine_release(gr1);
    coroutine_release(gr2);
    return value_failed(ended) ? ended : NONE;
}
