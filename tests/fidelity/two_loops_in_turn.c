/*
 * Two loops that run in turn keep their queues and timers apart. Time goes on for both: what fell due
 * while the other one ran is late.
 */
#include "pair.h"

static const char *now(Loop *loop)
{
    return repr(value_float((double)loop_time(loop) / 1e9));
}

static Value child(Value name)
{
    for (int k = 0; k < 3; k++) {
        TRY(await_sleep(loop_seconds(2)));
        print("%s %d %s", name.text, k, now(loop_running()));
    }
    return NONE;
}

static void stop(void *loop)
{
    loop_stop(loop);
}

static void run(Loop *loop, double delay)
{
    loop_call_later(loop, loop_seconds(delay), stop, loop);
    loop_run_forever(loop);
    print("returned at %s", now(loop));
}

PAIR
{
    Loop *one = loop_new(NULL), *two = loop_new(NULL);
    Task *first = loop_create_task(one, coroutine(child, value_text("first")), NULL);
    Task *second = loop_create_task(two, coroutine(child, value_text("second")), NULL);
    run(one, 3);
    run(two, 3);
    run(one, 1);
    loop_run_until_complete(two, task_future(second));
    loop_run_until_complete(one, task_future(first));
    task_release(first);
    task_release(second);
    loop_free(one);
    loop_free(two);
    return NONE;
}
