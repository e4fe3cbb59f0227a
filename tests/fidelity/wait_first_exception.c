/*
 * FIRST_EXCEPTION ends with the first failure. A cancelled one is none, and one that was done before
 * counts as one that ends now.
 */
#include "pair.h"

static Value child(Value name)
{
    TRY(await_sleep(loop_seconds(name.text[0] - 'a')));
    return name.text[0] == 'c' ? value_exception(&ValueError, name.text) : NONE;
}

static void cancel(void *task)
{
    future_cancel(task, NULL);
}

static void show(const char *what, const FutureSet *set)
{
    const char *text = what;
    for (size_t k = 0; k < set->count; k++)
        text = text_format("%s %s", text, task_name(future_task(set->items[k])));
    print("%s", text);
}

static Value main_(Value none)
{
    static const char *const names[] = {"a", "b", "c", "d"};
    Future *tasks[4];
    for (int k = 0; k < 4; k++)
        tasks[k] = task_future(task_create_named(coroutine(child, value_text(names[k])), names[k]));
    loop_call_later(loop_running(), loop_seconds(0.5), cancel, tasks[1]);
    WaitResult result;
    await_wait(tasks, 4, LOOP_FOREVER, FIRST_EXCEPTION, &result);
    show("done", &result.done);
    show("pending", &result.pending);
    wait_result_release(&result);
    await_wait(tasks, 4, LOOP_FOREVER, FIRST_EXCEPTION, &result);
    show("pending", &result.pending);
    wait_result_release(&result);
    await_wait((Future *[]){tasks[1], tasks[3]}, 2, LOOP_FOREVER, FIRST_EXCEPTION, &result);
    show("pending", &result.pending);
    wait_result_release(&result);
    for (int k = 0; k < 4; k++)
        future_release(tasks[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
