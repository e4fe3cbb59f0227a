/*
 * TaskGroup: who enters it leaves it when all its tasks have ended; one fails, and the others are cancelled.
 */
#include <string.h>

#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static int64_t seconds(const char *name)
{
    if (*name == 'B') return knob_seconds("B");
    return loop_seconds(*name == 'A' ? 1 : 3);
}

static Value work(Value name)
{
    LINE(4);  // try:
    LINE(5);  Value outcome = await_sleep(seconds(name.text));
              if (value_failed(outcome)) goto except;
    LINE(6);  if (strcmp(name.text, knob_text("fails")) == 0) {
    LINE(7);      outcome = value_exception(&ValueError, text_format("%s 出错", name.text));
                  goto except; }
    LINE(8);  print("%s 完成", name.text);
    return NONE;
except:
    LINE(9);  if (!value_is(outcome, &CancelledError)) return outcome;
    LINE(10); print("%s 被取消", name.text);
    LINE(11); return outcome;
}

static Value main_(Value none)
{
    LINE(14); // try:
    LINE(15); TaskGroup *group = task_group_enter();
    LINE(16); task_release(task_group_create_task_named(group, coroutine(work, value_text("A")), "A"));
    LINE(17); task_release(task_group_create_task_named(group, coroutine(work, value_text("B")), "B"));
    LINE(18); task_release(task_group_create_task_named(group, coroutine(work, value_text("C")), "C"));
    LINE(15); Value outcome = await_task_group_exit(group, NONE);
              if (value_failed(outcome)) {
    LINE(20);     if (!value_is_group(outcome)) return outcome;
                  char repr[128];
                  value_repr(value_group_error(outcome, 0), repr, sizeof repr);
    LINE(21);     print("main 接到： (%s,)", repr); // a tuple of one
              } else {
    LINE(19);     print("一组都完成了"); }
    LINE(22); print("main 继续");
              return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def work(name, seconds):
    LINE(13); // async def main():
    LINE(24); return loop_run(coroutine(main_, NONE));
}
