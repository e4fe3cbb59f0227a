/*
 * Generators: yield hands out a value and stops; yield from lets another generator do so in our place.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Value func2(Value none)
{
    LINE(6);  TRY(coroutine_yield(value_int(3)));
    LINE(7);  TRY(coroutine_yield(value_int(4)));
    return NONE;
}

static Value func1(Value none)
{
    LINE(2);  TRY(coroutine_yield(value_int(1)));
    LINE(3);  TRY(coroutine_yield_from(coroutine(func2, NONE)));
    LINE(4);  TRY(coroutine_yield(value_int(2)));
    return NONE;
}

LESSON
{
    LINE(1);  // def func1():
    LINE(5);  // def func2():
    LINE(8);  Coroutine *generator = coroutine(func1, NONE);
              Value item = NONE;
    while (LINE(8), MARK("for"), coroutine_next(generator, &item)) { // for item in func1():
    LINE(9);  print("%d", (int)item.integer);
    }
    coroutine_release(generator);
    return item;
}
