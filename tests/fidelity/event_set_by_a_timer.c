/*
 * A timer sets the event, in the iteration in which a sleeper's future is done too: who waits for the event
 * runs in the next one, in the order of the timers.
 */
#include "pair.h"

static Event *event;

static void set(void *context)
{
    event_set(context);
}

static Value waiter(Value name)
{
    TRY(await_event_wait(event));
    print("%s at %d", name.text, (int)(program_time() / loop_seconds(1)));
    return NONE;
}

static Value sleeper(Value name)
{
    TRY(await_sleep(loop_seconds(1)));
    print("%s at %d", name.text, (int)(program_time() / loop_seconds(1)));
    return NONE;
}

static Value main_(Value none)
{
    Task *tasks[] = {task_create(coroutine(sleeper, value_text("early"))),
                     task_create(coroutine(waiter, value_text("waiter")))};
    TRY(await_sleep(0));
    loop_call_later(loop_running(), loop_seconds(1), set, event);
    Task *late = task_create(coroutine(sleeper, value_text("late")));
    TRY(await_event_wait(event));
    print("main");
    TRY(await_event_wait(event));
    print("main again");
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
