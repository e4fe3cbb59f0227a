/*
 * A set wakes all who wait, and a clear in the same step does not take that back: who was woken does not look
 * at the flag again. Who comes after the clear waits.
 */
#include "pair.h"

static Event *event;

static Value waiter(Value name)
{
    Value outcome = await_event_wait(event);
    TRY(outcome);
    print("%s %s, set: %s", name.text, repr(outcome), truth(event_is_set(event)));
    return NONE;
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(waiter, value_text("a"))),
                     task_create(coroutine(waiter, value_text("b")))};
    TRY(await_sleep(0));
    event_set(event);
    event_clear(event);
    Task *late = task_create(coroutine(waiter, value_text("late")));
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    print("late waits: %s", truth(!future_done(task_future(late))));
    event_set(event);
    TRY(await_task(late));
    task_release(tasks[0]);
    task_release(tasks[1]);
    task_release(late);
    return NONE;
}

PAIR
{
    event = event_new();
    Value result = loop_run(coroutine(main_, NONE));
    event_free(event);
    return result;
}
