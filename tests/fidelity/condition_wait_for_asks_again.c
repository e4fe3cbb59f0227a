/*
 * wait_for asks its predicate before the first wait and after each, with the lock held; who finds it true
 * makes it false for the next.
 */
#include "pair.h"

static Condition *condition;
static int items;

static bool is_there(void *context)
{
    print("%s asks: %d", (const char *)context, items);
    return items > 0;
}

static Value consumer(Value name)
{
    TRY(await_condition_acquire(condition));
    Value outcome = await_condition_wait_for(condition, is_there, (void *)name.text);
    if (!value_failed(outcome)) {
        items--;
        print("%s takes one", name.text);
    }
    return condition_exit(condition, outcome);
}

static Value main_(Value none)
{
    Task *a = task_create(coroutine(consumer, value_text("a")));
    Task *b = task_create(coroutine(consumer, value_text("b")));
    TRY(await_sleep(0));
    for (int k = 0; k < 2; k++) {
        TRY(await_condition_acquire(condition));
        items++;
        TRY(condition_notify_all(condition));
        TRY(condition_release(condition));
        for (int n = 0; n < 4; n++)
            TRY(await_sleep(0));
    }
    TRY(await_task(a));
    TRY(await_task(b));
    task_release(a);
    task_release(b);
    return NONE;
}

PAIR
{
    condition = condition_new(NULL);
    Value result = loop_run(coroutine(main_, NONE));
    condition_free(condition);
    return result;
}
