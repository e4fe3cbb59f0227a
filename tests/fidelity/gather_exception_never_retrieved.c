/*
 * A gather that nobody awaits fails like any future: it is reported when it goes. Its children's
 * exceptions were seen by it.
 */
#include "pair.h"

static void handler(Loop *loop, const char *message, Value exception, Future *future, void *none)
{
    print("handler: %s %s", message, repr(exception));
}

static Value fails(Value name)
{
    return value_exception(&ValueError, name.text);
}

static Value main_(Value none)
{
    loop_set_exception_handler(loop_running(), handler, NULL);
    Awaitable items[] = {awaitable(coroutine(fails, value_text("one"))),
                         awaitable(coroutine(fails, value_text("two")))};
    Future *both = gather(items, 2, false);
    await_sleep(loop_seconds(1));
    print("%s", truth(future_done(both)));
    future_release(both);
    print("gone");
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
