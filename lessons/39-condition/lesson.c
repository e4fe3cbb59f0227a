/*
 * Condition: tasks wait for news of what a lock guards. To be woken is a reason to look again, no promise.
 */
#include <string.h>

#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int bread;
static Condition *shop;

static Value customer(Value name)
{
              Value outcome;
    LINE(8);  TRY(await_condition_acquire(shop));
    LINE(9);  while (bread == 0) {
    LINE(10);     print("%s 等面包", name.text);
    LINE(11);     outcome = await_condition_wait(shop);
                  if (value_failed(outcome)) goto leave;
    LINE(9);  }
    LINE(12); bread--;
    LINE(13); print("%s 拿到面包，剩下 %d", name.text, bread);
              outcome = NONE;
leave:
    LINE(8);  return condition_exit(shop, outcome);
}

/* shop.notify_all(), or what the knob says. */
static Value notify(void)
{
    return strcmp(knob_text("notify"), "notify()") == 0 ? condition_notify(shop, 1) : condition_notify_all(shop);
}

static Value main_(Value none)
{
              Value outcome;
    LINE(17); Task *tom = task_create_named(coroutine(customer, value_text("Tom")), "Tom");
    LINE(18); Task *amy = task_create_named(coroutine(customer, value_text("Amy")), "Amy");
    LINE(19); for (int k = 0; k < 2; k++) {
    LINE(20);     outcome = await_sleep(knob_seconds("seconds"));
                  if (value_failed(outcome)) goto end;
    LINE(21);     outcome = await_condition_acquire(shop);
                  if (value_failed(outcome)) goto end;
    LINE(22);     bread++;
    LINE(23);     print("出炉一个");
    LINE(24);     outcome = notify();
    LINE(21);     outcome = condition_exit(shop, outcome);
                  if (value_failed(outcome)) goto end;
    LINE(19); }
    LINE(25); outcome = await_task(tom);
              if (value_failed(outcome)) goto end;
    LINE(26); outcome = await_task(amy);
end:
    task_release(tom);
    task_release(amy);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  bread = 0;
    LINE(4);  shop = condition_new(NULL);
    LINE(6);  // async def customer(name):
    LINE(15); // async def main():
    LINE(28); Value outcome = loop_run(coroutine(main_, NONE));
    condition_free(shop);
    return outcome;
}
