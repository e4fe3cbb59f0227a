/*
 * event.c — Event: a flag, and those who wait until it is set.
 *
 * To set it makes every waiter's future done; what happens to the flag before they run is nothing to them.
 */
#include "waiters.h"

struct Event {
    Bound bound;
    bool set;
    Waiters waiters;
};

static void destroy(Shared *shared)
{
    bound_free((Bound *)shared);
}

Event *event_new(void)
{
    return bound_new(sizeof(Event), "Event", destroy);
}

void event_free(Event *event)
{
    bound_give_back(event, "event_free", "event");
}

bool event_is_set(const Event *event)
{
    return event && event->set;
}

void event_set(Event *event)
{
    if (!event || event->set)
        return;
    event->set = true;
    for (const Waiter *waiter; (waiter = waiters_next(&event->waiters));)
        future_set_result(waiter->future, value_bool(true));
}

void event_clear(Event *event)
{
    if (event)
        event->set = false;
}

Value await_event_wait(Event *event)
{
    TRY(bound_refuses(event));
    if (event->set)
        return value_bool(true);
    Waiter waiter;
    waiter_begin(&waiter, event);
    Frame frame = {.function = "Event.wait", .file = "loop/event.c", .line = __LINE__};
    Value outcome = waiter_wait(&waiter, &event->waiters, "Event.wait", &frame);
    waiter_end(&waiter);
    return outcome;
}
