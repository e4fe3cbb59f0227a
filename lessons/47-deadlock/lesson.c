/*
 * A deadlock: two tasks take two locks in opposite order, and each waits for the one that the other has.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Lock *a, *b; // of the module here: they are freed when the run is over

typedef struct Transfer {
    const char *name;
    Lock *first, *second;
    double start;
} Transfer;

static Value inside_both(Value none, void *transfer)
{
    LINE(9);  print("%s 转账完成", ((Transfer *)transfer)->name);
    LINE(8);  return NONE;
}

static Value inside(Value none, void *argument)
{
    Transfer *transfer = argument;
    LINE(6);  print("%s 锁住第一个账户", transfer->name);
    LINE(7);  TRY(await_sleep(knob_seconds("seconds")));
    LINE(8);  TRY(await_with(lock_context(transfer->second), inside_both, transfer));
    LINE(5);  return NONE;
}

static Value transfer(Value argument)
{
    Transfer *self = argument.pointer;
    LINE(4);  TRY(await_sleep(loop_seconds(self->start)));
    LINE(5);  return await_with(lock_context(self->first), inside, self);
}

static Value main_(Value none)
{
    LINE(12); a = lock_new();
              b = lock_new();
              Transfer transfers[] = {{"甲", a, b, 0}, {"乙", b, a, knob("start")}};
    LINE(13); Task *one = task_create_named(coroutine(transfer, value_pointer(&transfers[0], NULL)), "甲");
    LINE(14); Task *two = task_create_named(coroutine(transfer, value_pointer(&transfers[1], NULL)), "乙");
    LINE(15); Value outcome = await_gather((Awaitable[]){awaitable(one), awaitable(two)}, 2, false);
    task_release(one);
    task_release(two);
    TRY(outcome);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def transfer(name, first, second, start):
    LINE(11); // async def main():
    LINE(17); Value outcome = loop_run(coroutine(main_, NONE));
              lock_free(a);
              lock_free(b);
    return outcome;
}
