/*
 * A sleep gives its result, also one of no time. Two sleeps that end together wake their tasks in the
 * order in which the sleeps began, not the tasks.
 */
#include "pair.h"

typedef struct Child {
    const char *name;
    int first, second;
} Child;

static Value child(Value argument)
{
    const Child *self = argument.pointer;
    TRY(await_sleep(loop_seconds(self->first)));
    print("%s", await_sleep_result(loop_seconds(self->second), value_text(self->name)).text);
    return NONE;
}

static Value main_(Value none)
{
    static Child children[] = {{"one", 2, 1}, {"two", 1, 2}, {"three", 0, 3}};
    Future *tasks[3];
    for (int k = 0; k < 3; k++)
        tasks[k] = task_future(task_create(coroutine(child, value_pointer(&children[k], NULL))));
    await_wait(tasks, 3, LOOP_FOREVER, ALL_COMPLETED, NULL);
    print("%s", await_sleep_result(0, value_text("no time")).text);
    for (int k = 0; k < 3; k++)
        future_release(tasks[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
