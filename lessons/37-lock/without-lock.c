/*
 * Without the lock: who has seen that there is a ticket awaits, and meanwhile the other sees the same ticket.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int tickets;

static Value buy(Value name)
{
    LINE(7);  if (tickets > 0) {
    LINE(8);      TRY(await_sleep(knob_seconds("seconds")));
    LINE(9);      tickets--;
    LINE(10);     print("%s 买到票了", name.text);
              } else {
    LINE(12);     print("%s 来晚了", name.text);
              }
    return NONE;
}

static Value main_(Value none)
{
    LINE(15); Task *tom = task_create_named(coroutine(buy, value_text("Tom")), "Tom");
    LINE(16); Task *amy = task_create_named(coroutine(buy, value_text("Amy")), "Amy");
    LINE(17); Value outcome = await_task(tom);
              if (value_failed(outcome)) goto end;
    LINE(18); outcome = await_task(amy);
              if (value_failed(outcome)) goto end;
    LINE(19); print("剩下 %d", tickets);
end:
    task_release(tom);
    task_release(amy);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  tickets = 1;
    LINE(5);  // async def buy(name):
    LINE(14); // async def main():
    LINE(21); return loop_run(coroutine(main_, NONE));
}
