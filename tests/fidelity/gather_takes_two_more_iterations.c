/*
 * gather makes tasks of its coroutines in the order given, and its future is done by the callback of the
 * last child, so main runs two iterations after that child's end. The results stand in the order of the
 * arguments.
 */
#include "pair.h"

typedef struct Child {
    const char *name;
    int delay;
} Child;

static Value child(Value argument)
{
    const Child *self = argument.pointer;
    print("%s", self->name);
    TRY(await_sleep(loop_seconds(self->delay)));
    print("%s ends", self->name);
    return value_text(self->name);
}

static Value main_(Value none)
{
    static Child children[] = {{"slow", 2}, {"quick", 1}, {"middle", 2}};
    Awaitable items[3];
    for (int k = 0; k < 3; k++)
        items[k] = awaitable(coroutine(child, value_pointer(&children[k], NULL)));
    print("%s", repr(await_gather(items, 3, false)));
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
