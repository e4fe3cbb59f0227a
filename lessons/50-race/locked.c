/*
 * The cure: from reading to writing one task at a time.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int balance;
static Lock *lock; // of the module here: it is freed when the run is over

typedef struct Withdrawal {
    const char *name;
    int amount;
    double start;
} Withdrawal;

static Value alone(Value none, void *argument)
{
    Withdrawal *self = argument;
    LINE(9);  int seen = balance;
    LINE(10); print("%s 看到 %d", self->name, seen);
    LINE(11); TRY(await_sleep(knob_seconds("seconds")));
    LINE(12); balance = seen - self->amount;
    LINE(8);  return NONE; // out of `async with`
}

static Value withdraw(Value argument)
{
    Withdrawal *self = argument.pointer;
    LINE(7);  TRY(await_sleep(loop_seconds(self->start)));
    LINE(8);  TRY(await_with(lock_context(lock), alone, self));
    LINE(13); print("%s 取走 %d 剩 %d", self->name, self->amount, balance);
    return NONE;
}

static Value main_(Value none)
{
    Withdrawal withdrawals[] = {{"甲", 30, 0}, {"乙", 50, knob("start")}};
    LINE(16); lock = lock_new();
    LINE(17); Task *one = task_create_named(coroutine(withdraw, value_pointer(&withdrawals[0], NULL)), "甲");
    LINE(18); Task *two = task_create_named(coroutine(withdraw, value_pointer(&withdrawals[1], NULL)), "乙");
    LINE(19); Value outcome = await_gather((Awaitable[]){awaitable(one), awaitable(two)}, 2, false);
    task_release(one);
    task_release(two);
    TRY(outcome);
    LINE(20); print("余额 %d", balance);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  balance = 100;
    LINE(5);  // async def withdraw(name, amount, start, lock):
    LINE(15); // async def main():
    LINE(22); Value outcome = loop_run(coroutine(main_, NONE));
              lock_free(lock);
    return outcome;
}
