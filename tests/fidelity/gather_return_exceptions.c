/*
 * With return_exceptions a failure and a cancel of a child are results like others, and gather waits for
 * all.
 */
#include "pair.h"

#include <string.h>

static Value child(Value name)
{
    TRY(await_sleep(loop_seconds((double)strlen(name.text))));
    return strcmp(name.text, "ab") == 0 ? value_exception(&ValueError, "ab") : name;
}

static void cancel(void *task)
{
    task_cancel(task, NULL);
}

static Value main_(Value none)
{
    static const char *const names[] = {"abc", "ab", "a", "abcd"};
    Task *tasks[4];
    Awaitable items[4];
    for (int k = 0; k < 4; k++)
        items[k] = awaitable(tasks[k] = task_create(coroutine(child, value_text(names[k]))));
    loop_call_later(loop_running(), loop_seconds(0.5), cancel, tasks[2]);
    Value results = await_gather(items, 4, true);
    for (size_t k = 0; k < value_count(results); k++) {
        Value result = value_item(results, k);
        print("%s", value_failed(result) ? result.exception->name : repr(result));
    }
    for (int k = 0; k < 4; k++)
        task_release(tasks[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
