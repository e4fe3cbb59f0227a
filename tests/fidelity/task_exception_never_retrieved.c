/*
 * A task that failed is reported when it goes, if nobody awaited it or asked for its exception. wait() is
 * told that it ended, and does not look; a cancel that comes too late counts as a look.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s %s", message, repr(exception));
}

static Value fails(Value message)
{
    return value_exception(&ValueError, message.text);
}

static Value main_(Value none)
{
    loop_set_exception_handler(loop_running(), handler, NULL);
    Task *task = task_create(coroutine(fails, value_text("waited for")));
    await_wait((Future *[]){task_future(task)}, 1, LOOP_FOREVER, ALL_COMPLETED, NULL);
    print("waited");
    task_release(task);
    print("gone");
    task = task_create(coroutine(fails, value_text("asked")));
    await_sleep(0);
    print("%s", repr(future_exception(task_future(task))));
    task_release(task);
    task = task_create(coroutine(fails, value_text("cancelled too late")));
    await_sleep(0);
    print("%s", truth(task_cancel(task, NULL)));
    task_release(task);
    print("end");
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
