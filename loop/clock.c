/*
 * clock.c — time as integer nanoseconds: the monotonic clock, or a virtual one that only select and
 * blocking_sleep() move.
 */
#include "emit.h"
#include "nap.h"
#include "scheduler.h"
#include "thread.h"
#include "threadsafe.h"

#include <errno.h>
#include <math.h>
#include <time.h>

int64_t clock_monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clock_now(LoopClock clock)
{
    return clock == CLOCK_VIRTUAL ? thread.virtual_now : clock_monotonic();
}

int64_t clock_add(int64_t when, int64_t delay)
{
    int64_t sum;
    if (__builtin_add_overflow(when, delay, &sum))
        return delay < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

int64_t loop_seconds(double seconds)
{
    double nanoseconds = seconds * 1e9;
    if (isnan(nanoseconds))
        return 0;
    if (nanoseconds >= 9.2e18)
        return INT64_MAX;
    return nanoseconds <= -9.2e18 ? INT64_MIN : llround(nanoseconds);
}

int64_t program_time(void)
{
    thread_prepare();
    return clock_now(thread.defaults.clock);
}

void blocking_sleep(int64_t delay)
{
    thread_prepare();
    if (thread.trace)
        emit_blocked(delay);
    if (delay <= 0)
        return;
    if (thread.naps) {
        naps_sleep(thread.naps, delay, thread.job);
        return;
    }
    LoopClock clock = thread.running ? thread.running->clock : thread.defaults.clock;
    if (clock == CLOCK_VIRTUAL) {
        thread.virtual_now = clock_add(thread.virtual_now, delay);
        if (thread.running && thread.running->executor)
            naps_tell(&thread.running->gate->naps, thread.virtual_now);
        return;
    }
    struct timespec rest = {.tv_sec = delay / 1000000000, .tv_nsec = delay % 1000000000};
    while (nanosleep(&rest, &rest) < 0 && errno == EINTR)
        continue;
}
