/*
 * Barrier: nobody goes on before so many have come.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

typedef struct Player {
    const char *name;
    double seconds;
} Player;

static Barrier *table;

static Value player(Value arguments)
{
              const Player *self = arguments.pointer;
    LINE(6);  TRY(await_sleep(loop_seconds(self->seconds)));
    LINE(7);  print("%s 到了", self->name);
    LINE(8);  TRY(await_barrier_wait(table));
    LINE(9);  print("%s 开始玩", self->name);
    return NONE;
}

static Value main_(Value none)
{
              Player players[] = {{"Tom", 1}, {"Amy", 2}, {"Bob", knob("seconds")}};
    LINE(12); Task *tom = task_create_named(coroutine(player, value_pointer(&players[0], NULL)), "Tom");
    LINE(13); Task *amy = task_create_named(coroutine(player, value_pointer(&players[1], NULL)), "Amy");
    LINE(14); Task *bob = task_create_named(coroutine(player, value_pointer(&players[2], NULL)), "Bob");
    LINE(15); Value outcome = await_task(tom);
              if (value_failed(outcome)) goto end;
    LINE(16); outcome = await_task(amy);
              if (value_failed(outcome)) goto end;
    LINE(17); outcome = await_task(bob);
end:
    task_release(tom);
    task_release(amy);
    task_release(bob);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  table = barrier_new((int)knob("parties"));
    LINE(5);  // async def player(name, seconds):
    LINE(11); // async def main():
    LINE(19); Value outcome = loop_run(coroutine(main_, NONE));
    barrier_free(table);
    return outcome;
}
