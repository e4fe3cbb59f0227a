/*
 * Lock: between the look and the deed there is an await, and the lock keeps everybody else out meanwhile.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int tickets;
static Lock *lock;

static Value buy(Value name)
{
              Value outcome = NONE;
    LINE(8);  TRY(await_lock_acquire(lock));
    LINE(9);  if (tickets > 0) {
    LINE(10);     outcome = await_sleep(knob_seconds("seconds"));
                  if (value_failed(outcome)) goto leave;
    LINE(11);     tickets--;
    LINE(12);     print("%s 买到票了", name.text);
              } else {
    LINE(14);     print("%s 来晚了", name.text);
              }
leave:
    LINE(8);  return lock_exit(lock, outcome);
}

static Value main_(Value none)
{
    LINE(17); Task *tom = task_create_named(coroutine(buy, value_text("Tom")), "Tom");
    LINE(18); Task *amy = task_create_named(coroutine(buy, value_text("Amy")), "Amy");
    LINE(19); Value outcome = await_task(tom);
              if (value_failed(outcome)) goto end;
    LINE(20); outcome = await_task(amy);
              if (value_failed(outcome)) goto end;
    LINE(21); print("剩下 %d", tickets);
end:
    task_release(tom);
    task_release(amy);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  tickets = (int)knob("tickets");
    LINE(4);  lock = lock_new();
    LINE(6);  // async def buy(name):
    LINE(16); // async def main():
    LINE(23); Value outcome = loop_run(coroutine(main_, NONE));
    lock_free(lock);
    return outcome;
}
