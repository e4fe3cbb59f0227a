/*
 * With return_exceptions a failure and a cancel of a child are results like others, and gather waits for
 * all. Of what a future was cancelled with its item tells; what a task was cancelled with has gone into
 * the task.
 */
#include "pair.h"

#include <string.h>

static Task *tasks[4];
static Future *future;

static Value child(Value name)
{
    TRY(await_sleep(loop_seconds((double)strlen(name.text))));
    return strcmp(name.text, "ab") == 0 ? value_exception(&ValueError, "ab") : name;
}

static void cancel(void *none)
{
    task_cancel(tasks[2], "a task");
    future_cancel(future, "a future");
}

static Value main_(Value none)
{
    static const char *const names[] = {"abc", "ab", "a", "abcd"};
    Loop *loop = loop_running();
    for (int k = 0; k < 4; k++)
        tasks[k] = task_create(coroutine(child, value_text(names[k])));
    future = loop_create_future(loop);
    loop_call_later(loop, loop_seconds(0.5), cancel, NULL);
    Task *unstarted = task_create(coroutine(child, value_text("never")));
    task_cancel(unstarted, "before its first step");
    Awaitable items[] = {awaitable(tasks[0]), awaitable(tasks[1]), awaitable(tasks[2]),
                         awaitable(tasks[3]), awaitable(future),   awaitable(unstarted)};
    Value results = await_gather(items, 6, true);
    for (size_t k = 0; k < value_count(results); k++)
        print("%s", repr(value_item(results, k)));
    for (int k = 0; k < 4; k++)
        task_release(tasks[k]);
    future_release(future);
    task_release(unstarted);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
