/*
 * bench_loop.c — what the scheduler costs, beside floors: the least code that does the work, measured in the
 * same run. A floor of a yield is a bare context switch there and back, without queue, task or loop.
 *
 *     bench_loop [ROUNDS]     medians of this many rounds (default 7)
 */
#include "bench.h"
#include "context.h"
#include "loop.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MOST_ROUNDS = 101 };

static int rounds = 7;
static int64_t steps; /* for each task of the running measurement */

static double median(double (*measure)(int64_t), int64_t size)
{
    double samples[MOST_ROUNDS];
    for (int k = 0; k < rounds; k++)
        samples[k] = measure(size);
    return bench_quantile(samples, (size_t)rounds, 0.5);
}

/* -------------------------------------------------------------------------------------------------- floors
 */

static void *floor_main, *floor_other;

static void floor_body(void)
{
    for (;;)
        context_switch(&floor_other, floor_main);
}

/* One way there and one way back, with nothing in between. */
static double bare_switches(int64_t count)
{
    static char stack[64 * 1024];
    floor_other = context_make(stack + sizeof stack, floor_body);
    int64_t start = bench_now();
    for (int64_t k = 0; k < count; k++)
        context_switch(&floor_main, floor_other);
    return (double)(bench_now() - start) / (double)count;
}

/* A fresh frame on a warm stack, entered and left. */
static double bare_spawns(int64_t count)
{
    static char stack[64 * 1024];
    int64_t start = bench_now();
    for (int64_t k = 0; k < count; k++) {
        floor_other = context_make(stack + sizeof stack, floor_body);
        context_switch(&floor_main, floor_other);
    }
    return (double)(bench_now() - start) / (double)count;
}

/* A binary heap of bare numbers: as many pushes, then as many pops. */
static double bare_heap(int64_t count)
{
    int64_t *heap = malloc((size_t)count * sizeof *heap);
    if (!heap)
        return 0;
    uint64_t random = 1;
    int64_t start = bench_now();
    for (int64_t n = 0; n < count; n++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        int64_t when = (int64_t)(random >> 34), at = n;
        for (; at > 0 && heap[(at - 1) / 2] > when; at = (at - 1) / 2)
            heap[at] = heap[(at - 1) / 2];
        heap[at] = when;
    }
    for (int64_t n = count - 1; n > 0; n--) {
        int64_t last = heap[n], at = 0;
        for (int64_t child; (child = at * 2 + 1) < n; at = child) {
            child += child + 1 < n && heap[child + 1] < heap[child];
            if (heap[child] >= last)
                break;
            heap[at] = heap[child];
        }
        heap[at] = last;
    }
    double each = (double)(bench_now() - start) / (double)count;
    free(heap);
    return each;
}

/* ---------------------------------------------------------------------------------------------- the
 * scheduler */

static void set_virtual(void)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
}

static void keep(Value outcome)
{
    if (!value_failed(outcome))
        return;
    char text[200];
    value_repr(outcome, text, sizeof text);
    fprintf(stderr, "bench_loop: %s\n", text);
    exit(1);
}

static Value yielder(Value unused)
{
    for (int64_t k = 0; k < steps; k++)
        TRY(await_sleep(0));
    return unused;
}

static int64_t yields_began;

static Value note_begin(Value unused)
{
    yields_began = bench_now();
    return unused;
}

/* Measured from the moment when all tasks are made. */
static Value yield_main(Value count)
{
    Task **tasks = malloc((size_t)count.integer * sizeof *tasks);
    if (!tasks)
        return value_exception(&MemoryError, NULL);
    for (int64_t k = 0; k < count.integer; k++)
        tasks[k] = task_create(coroutine(yielder, NONE));
    note_begin(NONE);
    for (int64_t k = 0; k < count.integer; k++) {
        TRY(await_task(tasks[k]));
        task_release(tasks[k]);
    }
    double each = (double)(bench_now() - yields_began) / (double)(steps * count.integer);
    free(tasks);
    return value_float(each);
}

static double yields(int64_t tasks)
{
    set_virtual();
    steps = (tasks > 1000 ? 2000000 : 4000000) / tasks;
    Value each = loop_run(coroutine(yield_main, value_int(tasks)));
    keep(each);
    return each.real;
}

static Value nothing(Value unused)
{
    return unused;
}

static Value spawn_main(Value count)
{
    for (int64_t k = 0; k < count.integer; k++) {
        Task *task = task_create(coroutine(nothing, NONE));
        TRY(await_task(task));
        task_release(task);
    }
    return NONE;
}

static double spawns(int64_t count)
{
    set_virtual();
    int64_t start = bench_now();
    keep(loop_run(coroutine(spawn_main, value_int(count))));
    return (double)(bench_now() - start) / (double)count;
}

static void tick(void *context)
{
    ++*(int64_t *)context;
}

static double timers(int64_t count)
{
    set_virtual();
    Loop *loop = loop_new(NULL);
    int64_t ticks = 0;
    uint64_t random = 1;
    int64_t start = bench_now();
    for (int64_t k = 0; k < count; k++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        loop_call_later(loop, (int64_t)(random >> 34), tick, &ticks);
    }
    loop_run_forever(loop); /* ends when no timer is left: stuck */
    double each = (double)(bench_now() - start) / (double)count;
    loop_free(loop);
    if (ticks != count)
        exit(1);
    return each;
}

static Value sleeper(Value delay)
{
    return await_sleep(delay.integer);
}

static Value sleepers_main(Value count)
{
    uint64_t random = 1;
    for (int64_t k = 0; k < count.integer; k++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        task_release(task_create(coroutine(sleeper, value_int((int64_t)(random >> 34) + 1))));
    }
    return await_sleep(loop_seconds(10));
}

static double sleepers(int64_t count)
{
    set_virtual();
    int64_t start = bench_now();
    keep(loop_run(coroutine(sleepers_main, value_int(count))));
    return (double)(bench_now() - start) / (double)count;
}

static int64_t resident_bytes(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*s %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

static Value parked_main(Value count)
{
    int64_t before = resident_bytes();
    for (int64_t k = 0; k < count.integer; k++)
        task_release(task_create(coroutine(sleeper, value_int(loop_seconds(1)))));
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    double each = (double)(resident_bytes() - before) / (double)count.integer;
    TRY(await_sleep(loop_seconds(2)));
    return value_float(each);
}

static double parked(int64_t count)
{
    set_virtual();
    Value each = loop_run(coroutine(parked_main, value_int(count)));
    keep(each);
    return each.real;
}

/* ---------------------------------------------------------------------------------------------------- trace
 */

static int trace_fd; /* -1: into memory */

/* The cost of an event line, everything else of a yield taken off. */
static double traced_lines(int64_t tasks)
{
    double untraced = yields(tasks);
    set_virtual();
    Trace *trace = trace_fd < 0 ? trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL})
                                : trace_open(trace_fd, &(TraceOptions){.clock = CLOCK_VIRTUAL});
    if (!trace)
        return 0;
    steps = 400000 / tasks;
    int64_t start = bench_now();
    keep(loop_run(coroutine(yield_main, value_int(tasks))));
    double all = (double)(bench_now() - start);
    double lines = (double)trace_events(trace);
    trace_close(trace, "exit", 0);
    if (trace_fd >= 0 && (ftruncate(trace_fd, 0) < 0 || lseek(trace_fd, 0, SEEK_SET) < 0))
        return 0;
    return (all - untraced * (double)(steps * tasks)) / lines;
}

static double printed_lines(int64_t count)
{
    static char line[256];
    int64_t start = bench_now();
    for (int64_t k = 0; k < count; k++)
        snprintf(line, sizeof line,
                 "{\"i\":%lld,\"ts\":%lld,\"ev\":\"ready\",\"handle\":\"h%u\",\"by\":\"%s\",\"what\":\"%s\","
                 "\"task\":\"t%u\",\"why\":\"%s\"}\n",
                 (long long)k, (long long)k * 1000, (unsigned)k, "soon", "step", (unsigned)k % 100, "yield");
    return (double)(bench_now() - start) / (double)count;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        rounds = atoi(argv[1]) < 1 ? 1 : atoi(argv[1]) > MOST_ROUNDS ? MOST_ROUNDS : atoi(argv[1]);

    /* First, while no stack was ever used: */
    bench_tell("memory of a parked task, of 300 000", parked(300000), "bytes", "a page", 4096);
    double switches = median(bare_switches, 20000000);
    bench_tell("a bare switch, there and back", switches, "ns", NULL, 0);
    bench_tell("yield, 2 tasks", median(yields, 2), "ns", "bare switches", switches);
    bench_tell("yield, 100 tasks", median(yields, 100), "ns", "bare switches", switches);
    bench_tell("yield, 10 000 tasks", median(yields, 10000), "ns", "bare switches", switches);
    double spawn = median(bare_spawns, 5000000);
    bench_tell("spawn and join a task", median(spawns, 1000000), "ns", "a frame on a warm stack", spawn);
    bench_tell("timer, 100 000: insert and expire", median(timers, 100000), "ns", "binary heap of numbers",
               median(bare_heap, 100000));
    bench_tell("timer, 1 000 000: insert and expire", median(timers, 1000000), "ns", "binary heap of numbers",
               median(bare_heap, 1000000));
    bench_tell("sleeping task, 100 000: spawn, sleep, wake, end", median(sleepers, 100000), "ns", NULL, 0);

    double printed = median(printed_lines, 1000000);
    trace_fd = -1;
    bench_tell("trace line to memory", median(traced_lines, 100), "ns", "snprintf", printed);
    char path[] = "/tmp/bench_loop.XXXXXX";
    trace_fd = mkstemp(path);
    if (trace_fd >= 0) {
        unlink(path);
        bench_tell("trace line to a file", median(traced_lines, 100), "ns", "snprintf", printed);
        close(trace_fd);
    }
    return 0;
}
