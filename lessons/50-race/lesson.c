/*
 * A race: between reading the balance and writing it a task waits, and what another writes meanwhile is lost.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int balance;

typedef struct Withdrawal {
    const char *name;
    int amount;
    double start;
} Withdrawal;

static Value withdraw(Value argument)
{
    Withdrawal *self = argument.pointer;
    LINE(7);  TRY(await_sleep(loop_seconds(self->start)));
    LINE(8);  int seen = balance;
    LINE(9);  print("%s 看到 %d", self->name, seen);
    LINE(10); TRY(await_sleep(knob_seconds("seconds")));
    LINE(11); balance = seen - self->amount;
    LINE(12); print("%s 取走 %d 剩 %d", self->name, self->amount, balance);
    return NONE;
}

static Value main_(Value none)
{
    Withdrawal withdrawals[] = {{"甲", 30, 0}, {"乙", 50, knob("start")}};
    LINE(15); Task *one = task_create_named(coroutine(withdraw, value_pointer(&withdrawals[0], NULL)), "甲");
    LINE(16); Task *two = task_create_named(coroutine(withdraw, value_pointer(&withdrawals[1], NULL)), "乙");
    LINE(17); Value outcome = await_gather((Awaitable[]){awaitable(one), awaitable(two)}, 2, false);
    task_release(one);
    task_release(two);
    TRY(outcome);
    LINE(18); print("余额 %d", balance);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  balance = 100;
    LINE(5);  // async def withdraw(name, amount, start):
    LINE(14); // async def main():
    LINE(20); return loop_run(coroutine(main_, NONE));
}
