/*
 * A hundred timers are not more than a hundred, and half of them is not more than half: then cancelled
 * timers behind a live one stay, and go through the queue. One cancelled timer more, and they are thrown
 * away.
 */
#include "pair.h"

static void stop(void *loop)
{
    loop_stop(loop);
}

static void never(void *none)
{
    print("never");
}

static void run(int live, int cancelled)
{
    Loop *loop = loop_new(NULL);
    loop_call_later(loop, loop_seconds(1), stop, loop);
    for (int k = 0; k < cancelled; k++)
        handle_cancel(loop_call_later(loop, loop_seconds(1), never, NULL));
    for (int k = 0; k < live - 1; k++)
        loop_call_later(loop, loop_seconds(2), never, NULL);
    loop_run_forever(loop);
    loop_free(loop);
}

PAIR
{
    run(40, 60);
    run(51, 51);
    run(50, 52);
    return NONE;
}
