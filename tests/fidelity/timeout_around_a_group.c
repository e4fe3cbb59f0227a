/*
 * A timeout around a group cancels the parent where it waits for its tasks: the group cancels them, waits,
 * and lets the cancel out, of which the timeout makes its error.
 */
#include "pair.h"

typedef struct Child {
    const char *name;
    int delay;
} Child;

static Value child(Value argument)
{
    const Child *self = argument.pointer;
    Value outcome = await_sleep(loop_seconds(self->delay));
    if (!value_failed(outcome))
        print("%s ends", self->name);
    if (value_is(outcome, &CancelledError)) {
        print("%s cancelled", self->name);
        TRY(await_sleep(loop_seconds(1)));
    }
    return outcome;
}

static Value main_(Value none)
{
    static Child children[] = {{"quick", 1}, {"slow", 10}, {"in time", 2}};
    Loop *loop = loop_running();
    Timeout *limit = timeout_enter(loop_seconds(2));
    TaskGroup *group = task_group_enter();
    for (int k = 0; k < 3; k++)
        task_release(task_group_create_task(group, coroutine(child, value_pointer(&children[k], NULL))));
    Value error = timeout_exit(limit, await_task_group_exit(group, NONE), NULL);
    if (value_is(error, &TimeoutError))
        print("%s %s %d", repr(error), repr(value_float((double)loop_time(loop) / 1e9)),
              task_cancelling(task_current()));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
