/*
 * remove_done_callback takes away every entry that is equal, and leaves the others and those that wait in
 * their order. It says how many there were.
 */
#include "pair.h"

static Future *future;

static void gone(Future *done, void *none)
{
    print("gone");
}

static void kept(Future *done, void *none)
{
    print("kept");
}

static Value waiter(Value none)
{
    TRY(await_future(future));
    print("waiter");
    return NONE;
}

static Value main_(Value none)
{
    future = loop_create_future(loop_running());
    future_add_done_callback(future, gone, NULL);
    future_add_done_callback(future, kept, NULL);
    future_add_done_callback(future, gone, NULL);
    Task *task = task_create(coroutine(waiter, NONE));
    await_sleep(0);
    future_add_done_callback(future, gone, NULL);
    future_add_done_callback(future, kept, NULL);
    print("%zu", future_remove_done_callback(future, gone, NULL));
    print("%zu", future_remove_done_callback(future, gone, NULL));
    future_set_result(future, NONE);
    await_task(task);
    task_release(task);
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
