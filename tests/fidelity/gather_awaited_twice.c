/*
 * Two tasks await the same gather. A cancel of one of them cancels gather's children, and so ends the
 * other's wait too, which nobody cancelled.
 */
#include "pair.h"

static Future *both;

static Value child(Value name)
{
    Value outcome = await_sleep(loop_seconds(10));
    print("%s ends", name.text);
    return outcome;
}

static Value waiter(Value name)
{
    Value error = await_future(both);
    if (value_is(error, &CancelledError))
        print("%s %s %d", name.text, repr(error), task_cancelling(task_current()));
    return NONE;
}

static Value main_(Value none)
{
    Awaitable children[] = {awaitable(coroutine(child, value_text("a"))),
                            awaitable(coroutine(child, value_text("b")))};
    both = gather(children, 2, false);
    Task *one = task_create(coroutine(waiter, value_text("one")));
    Task *two = task_create(coroutine(waiter, value_text("two")));
    await_sleep(loop_seconds(1));
    task_cancel(two, "two only");
    await_wait((Future *[]){task_future(one), task_future(two)}, 2, LOOP_FOREVER, ALL_COMPLETED, NULL);
    print("%s %s", truth(future_cancelled(both)), truth(future_done(both)));
    task_release(one);
    task_release(two);
    future_release(both);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
