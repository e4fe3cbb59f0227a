/*
 * uv.c — the work done by libuv: it has timers, and no tasks.
 */
#include "contestant.h"

#include <uv.h>

static int64_t ticks;

static void tick(uv_timer_t *timer)
{
    (void)timer;
    ticks++;
}

/* libuv's clock is the real one: all timers are due before the loop looks at the first. */
static double timers(int64_t count)
{
    uv_loop_t *loop = uv_default_loop();
    uv_timer_t *made = malloc((size_t)count * sizeof *made);
    uint64_t random = 1;
    if (!made)
        return -1;
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count; k++) {
        uv_timer_init(loop, &made[k]);
        uv_timer_start(&made[k], tick, (uint64_t)next_delay(&random) / 1000000, 0);
    }
    usleep(beyond_delays());
    uv_run(loop, UV_RUN_DEFAULT);
    double each = (double)(cpu_now() - start) / (double)count;
    free(made);
    return ticks == count ? each : -1;
}

double uv_echo(int64_t connections); /* uv_echo.c */

int main(int argc, char **argv)
{
    static const WorkName works[] = {{"timer", timers}, {"echo", uv_echo}};
    return contestant_main(argc, argv, works, sizeof works / sizeof *works);
}
