/*
 * Once the future is done its callbacks stand in the queue, out of the reach of remove_done_callback: it
 * finds none, and they run.
 */
#include "pair.h"

static void called_too(Future *done, void *none)
{
    print("called too");
}

static void called(Future *done, void *none)
{
    print("called %zu", future_remove_done_callback(done, called_too, NULL));
}

static Value main_(Value none)
{
    Future *future = loop_create_future(loop_running());
    future_add_done_callback(future, called, NULL);
    future_add_done_callback(future, called_too, NULL);
    future_cancel(future, NULL);
    print("%zu", future_remove_done_callback(future, called, NULL));
    await_sleep(0);
    print("main");
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
