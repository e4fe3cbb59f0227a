/*
 * A callback added to a future that is done is not called from there: it goes to the end of the queue,
 * behind those that the result queued. The same for one that is added by a callback.
 */
#include "pair.h"

static void added(Future *done, void *none)
{
    print("added");
}

static void early(Future *done, void *none)
{
    print("early");
    future_add_done_callback(done, added, NULL);
}

static void late(Future *done, void *none)
{
    print("late");
}

static void say(void *text)
{
    print("%s", (char *)text);
}

static Value main_(Value none)
{
    Future *future = loop_create_future(loop_running());
    future_add_done_callback(future, early, NULL);
    future_set_result(future, NONE);
    loop_call_soon(loop_running(), say, "soon");
    future_add_done_callback(future, late, NULL);
    print("main goes on");
    await_sleep(0);
    print("after a turn");
    await_sleep(0);
    print("after two");
    future_release(future);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
