/*
 * Each sleep(0) is exactly one iteration, and tasks that only yield take turns in a fixed order. A new
 * task comes in behind those that are ready when it is made.
 */
#include "pair.h"

typedef struct Child {
    const char *name;
    int turns;
} Child;

static Task *late;

static Value child(Value argument)
{
    const Child *self = argument.pointer;
    for (int k = 0; k < self->turns; k++) {
        print("%s %d", self->name, k);
        if (self->name[0] == 'a' && k == 1) {
            static Child new = {"late", 2};
            late = task_create(coroutine(child, value_pointer(&new, NULL)));
        }
        TRY(await_sleep(k % 2 ? 0 : -1));
    }
    return NONE;
}

static Value main_(Value none)
{
    static Child children[] = {{"a", 3}, {"b", 1}, {"c", 4}};
    for (int k = 0; k < 3; k++)
        task_release(task_create(coroutine(child, value_pointer(&children[k], NULL))));
    for (int k = 0; k < 5; k++) {
        print("main %d", k);
        await_sleep(0);
    }
    task_release(late);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
