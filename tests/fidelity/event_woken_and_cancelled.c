/*
 * Of three who wait one is cancelled before the set, one after it: both end cancelled, the third goes on, and
 * the order in which they run is that of cancel and set.
 */
#include "pair.h"

static Event *event;

static Value waiter(Value name)
{
    Value outcome = await_event_wait(event);
    print("%s %s", name.text, repr(outcome));
    return outcome;
}

static Value main_(Value none)
{
    Task *a = task_create(coroutine(waiter, value_text("a")));
    Task *b = task_create(coroutine(waiter, value_text("b")));
    Task *c = task_create(coroutine(waiter, value_text("c")));
    TRY(await_sleep(0));
    task_cancel(c, NULL);
    event_set(event);
    task_cancel(a, NULL);
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    print("%s %s %s", truth(future_cancelled(task_future(a))), truth(future_cancelled(task_future(b))),
          truth(future_cancelled(task_future(c))));
    task_release(a);
    task_release(b);
    task_release(c);
    return NONE;
}

PAIR
{
    event = event_new();
    Value result = loop_run(coroutine(main_, NONE));
    event_free(event);
    return result;
}
