/*
 * A task that awaits a future of another loop is told so in its next iteration; the future gets no
 * callback. If the future is done already, nobody asks where it is from.
 */
#include "pair.h"

#include <string.h>

static Future *foreign, *done;

static Value child(Value none)
{
    Value error = await_future(foreign);
    if (value_is(error, &RuntimeError))
        print("%s", truth(strstr(error.message, "attached to a different loop")));
    print("%s", await_future(done).text);
    return NONE;
}

static Value main_(Value none)
{
    Task *task = task_create(coroutine(child, NONE));
    await_sleep(0);
    print("main");
    await_task(task);
    task_release(task);
    return NONE;
}

PAIR
{
    Loop *other = loop_new(NULL);
    foreign = loop_create_future(other), done = loop_create_future(other);
    future_set_result(done, value_text("done"));
    Value result = loop_run(coroutine(main_, NONE));
    future_release(foreign);
    future_release(done);
    loop_free(other);
    return result;
}
