/*
 * The pseudo-code of an event loop, made to run: a task is a generator, and to run a task is next().
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

typedef struct Work { const char *name; int n; } Work;

enum { TASKS = 3 };
typedef struct List { Coroutine *items[TASKS]; size_t count; } List;

static void append(List *list, Coroutine *item) { list->items[list->count++] = item; }

static void take_out(List *list, const Coroutine *item)
{
    size_t kept = 0;
    for (size_t k = 0; k < list->count; k++)
        if (list->items[k] != item)
            list->items[kept++] = list->items[k];
    list->count = kept;
}

static Value work(Value argument)
{
    const Work *self = argument.pointer;
    for (int k = 0; LINE(3), k < self->n; k++) {
    LINE(4);      print("%s %d", self->name, k);
    LINE(5);      TRY(coroutine_yield(NONE));
    }
    return NONE;
}

LESSON
{
    Work works[TASKS] = {{"任务1", (int)knob("n1")}, {"任务2", (int)knob("n2")}, {"任务3", (int)knob("n3")}};
    LINE(2);  // def work(name, n):
    LINE(6);  List 任务列表 = {.count = 0};
              for (size_t k = 0; k < TASKS; k++)
                  append(&任务列表, coroutine(work, value_pointer(&works[k], works[k].name)));
    for (;;) {
    LINE(7);  // while True:
    LINE(8);      List 可执行的任务列表 = 任务列表, 已完成的任务列表 = {.count = 0};
                  MARK("copy");
                  for (size_t k = 0; LINE(9), k < 可执行的任务列表.count; k++) {
                      Coroutine *就绪任务 = 可执行的任务列表.items[k];
                      MARK("take");
    LINE(10);         // try:
                      Value value;
    LINE(11);         if (coroutine_next(就绪任务, &value)) continue;
                      TRY(value);
    LINE(12);         // except StopIteration:
    LINE(13);         append(&已完成的任务列表, 就绪任务);
                      MARK("finished");
                  }
                  for (size_t k = 0; LINE(14), k < 已完成的任务列表.count; k++) {
                      Coroutine *已完成的任务 = 已完成的任务列表.items[k];
    LINE(15);         take_out(&任务列表, 已完成的任务);
                      MARK("remove");
                      coroutine_release(已完成的任务);
                  }
    LINE(16);     if (任务列表.count == 0) {
    LINE(17);         break;
                  }
                  MARK("again");
    }
    LINE(18); print("终止循环");
    return NONE;
}
