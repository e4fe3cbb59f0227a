/*
 * state_threads.c — the work done by State Threads: threads of its own kind, a heap of sleepers, poll.
 */
#include "contestant.h"

#include <st.h>

enum { STACK = 16 * 1024 };

static int64_t turns;

static void *yielder(void *none)
{
    for (int64_t k = 0; k < turns; k++)
        st_usleep(0); /* it has no yield */
    return none;
}

static void *nothing(void *none)
{
    return none;
}

static void *sleeper(void *delay)
{
    st_usleep((st_utime_t)(intptr_t)delay);
    return NULL;
}

/* So many threads, and the time until the last of them has ended. */
static double together(int64_t count, void *(*body)(void *), int64_t steps)
{
    st_thread_t *threads = malloc((size_t)count * sizeof *threads);
    uint64_t random = 1;
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count; k++) {
        intptr_t delay = (intptr_t)(next_delay(&random) / 1000);
        threads[k] = st_thread_create(body, (void *)delay, 1, STACK);
        if (!threads[k])
            return -1;
    }
    if (body == yielder) {
        st_usleep(0); /* now each has begun */
        start = cpu_now();
    }
    for (int64_t k = 0; k < count; k++)
        st_thread_join(threads[k], NULL);
    double each = (double)(cpu_now() - start) / (double)(count * steps);
    free(threads);
    return each;
}

static double yields(int64_t tasks)
{
    turns = yields_each(tasks);
    return together(tasks, yielder, turns);
}

static double spawn_joins(int64_t count)
{
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count; k++)
        st_thread_join(st_thread_create(nothing, NULL, 1, STACK), NULL);
    return (double)(cpu_now() - start) / (double)count;
}

static double spawns(int64_t count)
{
    together(count, nothing, 1);
    return together(count, nothing, 1);
}

static double sleeps(int64_t count)
{
    return together(count, sleeper, 1);
}

static const char *counted = "VmRSS";

static double waiting(int64_t count, void *(*body)(void *), void *argument)
{
    int64_t began = memory_now(counted);
    for (int64_t k = 0; k < count; k++)
        if (!st_thread_create(body, argument, 0, STACK))
            return -1;
    st_usleep(1000);
    return (double)(memory_now(counted) - began) / (double)count;
}

static void *waiter(void *condition)
{
    st_cond_wait(condition);
    return NULL;
}

static double parked(int64_t count)
{
    return waiting(count, waiter, st_cond_new());
}

static double tables(int64_t count)
{
    counted = "VmPTE";
    return parked(count);
}

static double asleep(int64_t count)
{
    return waiting(count, sleeper, (void *)(intptr_t)3600000000);
}

double state_threads_echo(int64_t connections); /* state_threads_echo.c */

int main(int argc, char **argv)
{
    static const WorkName works[] = {
        {"yield", yields},  {"spawn-join", spawn_joins}, {"spawn", spawns},  {"sleep", sleeps},
        {"parked", parked}, {"asleep", asleep},          {"tables", tables}, {"echo", state_threads_echo},
    };
    /* Debian's has no epoll: any other is select, with 1 024 descriptors. */
    st_set_eventsys(ST_EVENTSYS_POLL);
    if (st_init() != 0)
        return 1;
    return contestant_main(argc, argv, works, sizeof works / sizeof *works);
}
