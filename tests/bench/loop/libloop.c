/*
 * libloop.c — the work done by libloop, under the virtual clock: a program's own way, with public functions
 * only.
 */
#include "contestant.h"
#include "loop.h"

#include <fcntl.h>

static int64_t turns;

static Value checked(Value outcome)
{
    if (value_failed(outcome)) {
        char text[200];
        value_repr(outcome, text, sizeof text);
        fprintf(stderr, "libloop: %s\n", text);
        exit(1);
    }
    return outcome;
}

/* What the coroutine gave: the cost. */
static double run(CoroutineFunction function, int64_t size)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    return checked(loop_run(coroutine(function, value_int(size)))).real;
}

/* -------------------------------------------------------------------------------------------------- turns */

static Coroutine *root;

static Value bounce(Value none)
{
    for (;;)
        coroutine_switch(root, NONE);
    return none;
}

static double switches(int64_t count)
{
    root = coroutine_current();
    Coroutine *other = coroutine(bounce, NONE);
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count; k++)
        coroutine_switch(other, NONE);
    double each = (double)(cpu_now() - start) / (double)(2 * count);
    coroutine_release(other);
    return each;
}

static Value yielder(Value none)
{
    for (int64_t k = 0; k < turns; k++)
        TRY(await_sleep(0));
    return none;
}

static Value yield_main(Value count)
{
    Task **tasks = malloc((size_t)count.integer * sizeof *tasks);
    for (int64_t k = 0; k < count.integer; k++)
        tasks[k] = task_create(coroutine(yielder, NONE));
    TRY(await_sleep(0)); /* now each has begun, and has its stack */
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count.integer; k++) {
        TRY(await_task(tasks[k]));
        task_release(tasks[k]);
    }
    double each = (double)(cpu_now() - start) / (double)(turns * count.integer);
    free(tasks);
    return value_float(each);
}

static double yields(int64_t tasks)
{
    turns = yields_each(tasks);
    return run(yield_main, tasks);
}

/* -------------------------------------------------------------------------------------------------- tasks */

static Value nothing(Value none)
{
    return none;
}

static Value spawn_join_main(Value count)
{
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count.integer; k++) {
        Task *task = task_create(coroutine(nothing, NONE));
        TRY(await_task(task));
        task_release(task);
    }
    return value_float((double)(cpu_now() - start) / (double)count.integer);
}

static double spawn_joins(int64_t count)
{
    return run(spawn_join_main, count);
}

/* The second of two rounds: stacks and memory were used before. */
static Value spawn_main(Value count)
{
    int64_t start = 0;
    for (int round = 0; round < 2; round++) {
        start = cpu_now();
        for (int64_t k = 0; k < count.integer; k++)
            task_release(task_create(coroutine(nothing, NONE)));
        TRY(await_sleep(0));
    }
    return value_float((double)(cpu_now() - start) / (double)count.integer);
}

static double spawns(int64_t count)
{
    return run(spawn_main, count);
}

/* -------------------------------------------------------------------------------------------------- clocks
 */

static void tick(void *context)
{
    ++*(int64_t *)context;
}

static double timers(int64_t count)
{
    Loop *loop = loop_new(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    int64_t ticks = 0, start = cpu_now();
    uint64_t random = 1;
    for (int64_t k = 0; k < count; k++)
        loop_call_later(loop, next_delay(&random), tick, &ticks);
    loop_run_forever(loop); /* ends when no timer is left: stuck */
    double each = (double)(cpu_now() - start) / (double)count;
    loop_free(loop);
    return ticks == count ? each : -1;
}

static Value sleeper(Value delay)
{
    return await_sleep(delay.integer);
}

static Value sleep_main(Value count)
{
    uint64_t random = 1;
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count.integer; k++)
        task_release(task_create(coroutine(sleeper, value_int(next_delay(&random)))));
    TRY(await_sleep(loop_seconds(10)));
    return value_float((double)(cpu_now() - start) / (double)count.integer);
}

static double sleeps(int64_t count)
{
    return run(sleep_main, count);
}

static Value waiter(Value future)
{
    return await_future(future.future);
}

static const char *counted = "VmRSS";

/* So many tasks that wait, all of which end. */
static Value wait_all(Value count, CoroutineFunction body, Value argument, Future *until)
{
    int64_t began = memory_now(counted);
    for (int64_t k = 0; k < count.integer; k++)
        task_release(task_create(coroutine_new("waits", body, argument)));
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    double each = (double)(memory_now(counted) - began) / (double)count.integer;
    if (until)
        TRY(future_set_result(until, NONE));
    TRY(await_sleep(loop_seconds(2)));
    return value_float(each);
}

static Value parked_main(Value count)
{
    Future *future = loop_create_future(loop_running());
    Value each = wait_all(count, waiter, value_future(future), future);
    future_release(future);
    return each;
}

static double parked(int64_t count)
{
    return run(parked_main, count);
}

static double tables(int64_t count)
{
    counted = "VmPTE";
    return run(parked_main, count);
}

static Value asleep_main(Value count)
{
    return wait_all(count, sleeper, value_int(loop_seconds(1)), NULL);
}

static double asleep(int64_t count)
{
    return run(asleep_main, count);
}

/* --------------------------------------------------------------------------------------------------- trace
 */

/* A line's cost: a hundred tasks that yield, with and without a trace. */
static double traced(int fd)
{
    enum { TASKS = 100 };
    turns = is_quick() ? 20 : 4000;
    TraceOptions options = {.clock = CLOCK_VIRTUAL};
    run(yield_main, TASKS);
    double plain = run(yield_main, TASKS);
    Trace *trace = fd < 0 ? trace_open_memory(&options) : trace_open(fd, &options);
    if (!trace)
        return -1;
    uint64_t lines = trace_events(trace);
    int64_t start = cpu_now();
    run(yield_main, TASKS);
    double all = (double)(cpu_now() - start);
    lines = trace_events(trace) - lines;
    trace_close(trace, "exit", 0);
    return (all - plain * (double)(turns * TASKS)) / (double)lines;
}

/* A yield with the trace on: three lines, and what is around them. */
static double yields_traced(int64_t tasks)
{
    turns = yields_each(tasks) / 10 + 1;
    Trace *trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    if (!trace)
        return -1;
    double each = run(yield_main, tasks);
    trace_close(trace, "exit", 0);
    return each;
}

static double traced_to_memory(int64_t unused)
{
    (void)unused;
    return traced(-1);
}

static double traced_to_file(int64_t unused)
{
    (void)unused;
    char path[] = "/tmp/bench_loop.XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    unlink(path);
    double each = traced(fd);
    close(fd);
    return each;
}

double libloop_echo(int64_t connections); /* libloop_echo.c */

int main(int argc, char **argv)
{
    static const WorkName works[] = {
        {"switch", switches},
        {"yield", yields},
        {"spawn-join", spawn_joins},
        {"spawn", spawns},
        {"timer", timers},
        {"sleep", sleeps},
        {"parked", parked},
        {"asleep", asleep},
        {"yield-traced", yields_traced},
        {"tables", tables},
        {"trace-memory", traced_to_memory},
        {"trace-file", traced_to_file},
        {"echo", libloop_echo},
    };
    return contestant_main(argc, argv, works, sizeof works / sizeof *works);
}
