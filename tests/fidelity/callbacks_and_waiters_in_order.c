/*
 * Callbacks of a future and tasks that wait for it become ready in the order in which they came, mixed as
 * they are, and a callback that was added twice runs twice.
 */
#include "pair.h"

static Future *future;

static void called(Future *done, void *none)
{
    print("called");
}

static void called_too(Future *done, void *none)
{
    print("called too");
}

static Value waiter(Value name)
{
    Value result = await_future(future);
    print("%s %s", name.text, result.text);
    return NONE;
}

static Value main_(Value none)
{
    future = loop_create_future(loop_running());
    future_add_done_callback(future, called, NULL);
    Task *one = task_create(coroutine(waiter, value_text("one")));
    await_sleep(0);
    future_add_done_callback(future, called_too, NULL);
    Task *two = task_create(coroutine(waiter, value_text("two")));
    await_sleep(0);
    future_add_done_callback(future, called, NULL);
    future_set_result(future, value_text("result"));
    print("set");
    await_task(two);
    print("main");
    task_release(one);
    task_release(two);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
