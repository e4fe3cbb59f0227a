/*
 * gather of a loop's tasks before the loop runs: its callbacks stand there first, and run_until_complete
 * is told an iteration after its future is done.
 */
#include "pair.h"

#include <string.h>

static Value child(Value name)
{
    print("%s", name.text);
    TRY(await_sleep(loop_seconds((double)strlen(name.text))));
    return name;
}

PAIR
{
    Loop *loop = loop_new(NULL);
    Task *one = loop_create_task(loop, coroutine(child, value_text("ab")), NULL);
    Task *two = loop_create_task(loop, coroutine(child, value_text("a")), NULL);
    Future *both = gather((Awaitable[]){awaitable(one), awaitable(two)}, 2, false);
    print("%s", repr(loop_run_until_complete(loop, both)));
    future_release(both);
    task_release(one);
    task_release(two);
    loop_free(loop);
    return NONE;
}
