/*
 * Sleeps of parts of a second add up to whole nanoseconds, so that a tie is a tie: three tenths, and eight
 * tenths after seven and one, meet timers that were set for these moments before, and fire behind them.
 */
#include "pair.h"

typedef struct Sleeper {
    const char *name;
    double parts[3];
} Sleeper;

static void say(void *text)
{
    print("%s %s", (char *)text, repr(value_float((double)loop_time(loop_running()) / 1e9)));
}

static Value sleeps(Value argument)
{
    const Sleeper *self = argument.pointer;
    for (int k = 0; k < 3 && self->parts[k] > 0; k++)
        TRY(await_sleep(loop_seconds(self->parts[k])));
    say((char *)self->name);
    return NONE;
}

static Value main_(Value none)
{
    static Sleeper three_tenths = {"three tenths", {0.1, 0.1, 0.1}},
                   eight_tenths = {"eight tenths", {0.7, 0.1}};
    Loop *loop = loop_running();
    loop_call_later(loop, loop_seconds(0.3), say, "timer");
    loop_call_later(loop, loop_seconds(0.8), say, "timer");
    Task *three = task_create(coroutine(sleeps, value_pointer(&three_tenths, NULL)));
    Task *eight = task_create(coroutine(sleeps, value_pointer(&eight_tenths, NULL)));
    await_task(eight);
    task_release(three);
    task_release(eight);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
