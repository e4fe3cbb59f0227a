/*
 * Plain calls: func2 cannot begin before func1 has returned.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static void func1(void)
{
    LINE(2);  print("1");
    LINE(3);  // ...
    LINE(4);  print("2");
}

static void func2(void)
{
    LINE(6);  print("3");
    LINE(7);  // ...
    LINE(8);  print("4");
}

LESSON
{
    LINE(1);  // def func1():
    LINE(5);  // def func2():
    LINE(9);  CALL(func1());
    LINE(10); CALL(func2());
    return NONE;
}
