/*
 * What a callback queues waits for the next iteration: it cannot run before the callbacks that already stood
 * in the queue, nor in the same batch.
 */
#include "pair.h"

static Loop *loop;

static void stop(void *none)
{
    loop_stop(loop);
}

static void third(void *none)
{
    print("third");
}

static void first(void *none)
{
    print("first");
    loop_call_soon(loop, third, NULL);
}

static void second(void *none)
{
    print("second");
    loop_call_soon(loop, stop, NULL);
}

PAIR
{
    loop = loop_new(NULL);
    loop_call_soon(loop, first, NULL);
    loop_call_soon(loop, second, NULL);
    loop_run_forever(loop);
    loop_free(loop);
    return NONE;
}
