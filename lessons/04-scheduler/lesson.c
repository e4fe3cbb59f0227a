/*
 * The smallest scheduler: take the head of a queue, let it run to its next yield, put it back at the tail.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

/* deque: two generators at most, in a ring. */
enum { ROOM = 2 };
static struct { Coroutine *items[ROOM]; unsigned head, tail; } ready;

static void append(Coroutine *generator) { ready.items[ready.tail++ % ROOM] = generator; }
static Coroutine *popleft(void)          { return ready.items[ready.head++ % ROOM]; }

static Value func1(Value none)
{
    LINE(3);  print("1");
    LINE(4);  TRY(coroutine_yield(NONE));
    LINE(5);  print("2");
    return NONE;
}

static Value func2(Value none)
{
    LINE(7);  print("3");
    LINE(8);  TRY(coroutine_yield(NONE));
    LINE(9);  print("4");
    return NONE;
}

LESSON
{
    LINE(1);  // from collections import deque
    LINE(2);  // def func1():
    LINE(6);  // def func2():
    LINE(10); append(coroutine(func1, NONE));
              append(coroutine(func2, NONE));
    while (LINE(11), MARK("while"), ready.head != ready.tail) {
    LINE(12); Coroutine *g = popleft(); MARK("popleft");
    LINE(13); // try:
              Value value;
    LINE(14); if (!coroutine_next(g, &value)) {
    LINE(15);     // except StopIteration:
                  coroutine_release(g);
                  TRY(value);
    LINE(16);     MARK("finished");
                  continue;
              }
    LINE(17); append(g); MARK("append");
    }
    return NONE;
}
