/*
 * bench_history.c — how fast a trace is read, how small it is kept, how quickly any moment of it is found.
 *
 * A synthetic trace of N events (argument, 1 000 000; 24 tasks at once) is made in pieces and fed to a
 * History. A second one has 20 000 tasks asleep at once, whose timers are due one by one: the largest states,
 * one event apart. Floors, in the same run and over the same lines: finding the newlines, and cJSON on each
 * line.
 */
#include "../viz/synthetic.h"
#include "bench.h"
#include "history.h"

#include <cjson/cJSON.h>

#define SEEKS 20000

typedef struct Times {
    int64_t read, newlines, cjson;
    size_t bytes, cjson_lines, lines;
} Times;

static void measure_floor(Times *times, const char *text, size_t length)
{
    int64_t start = bench_now();
    for (const char *p = text; (p = memchr(p, '\n', (size_t)(text + length - p))) != NULL; p++)
        times->lines++;
    times->newlines += bench_now() - start;
    if (times->cjson_lines > 100000)
        return;
    start = bench_now();
    for (const char *p = text, *end; (end = memchr(p, '\n', (size_t)(text + length - p))) != NULL;
         p = end + 1) {
        cJSON_Delete(cJSON_ParseWithLength(p, (size_t)(end - p)));
        times->cjson_lines++;
    }
    times->cjson += bench_now() - start;
}

static History *build(unsigned events, unsigned width, Times *times)
{
    Synthetic trace;
    History *history = history_new();
    synthetic_begin(&trace, width);
    while (history != NULL && trace.events < events) {
        while (trace.length < 4u << 20 && trace.events < events)
            synthetic_iterate(&trace);
        if (trace.events >= events)
            synthetic_end(&trace);
        measure_floor(times, trace.text, trace.length);
        int64_t start = bench_now();
        history_feed(history, trace.text, trace.length);
        if (trace.events >= events)
            history_finish(history);
        times->read += bench_now() - start;
        times->bytes += trace.length;
        trace.length = 0;
    }
    synthetic_free(&trace);
    return history;
}

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

typedef uint32_t (*Walk)(uint32_t i, uint32_t count, uint64_t *seed);

static uint32_t forwards(uint32_t i, uint32_t count, uint64_t *seed)
{
    (void)seed;
    return i % count + 1;
}

static uint32_t backwards(uint32_t i, uint32_t count, uint64_t *seed)
{
    (void)seed;
    return i > 1 ? i - 1 : count;
}

static uint32_t anywhere(uint32_t i, uint32_t count, uint64_t *seed)
{
    (void)i;
    return next_random(seed) % count + 1;
}

static void measure_seeks(const History *history, const char *name, Walk walk)
{
    static double samples[SEEKS];
    State state = {0};
    uint64_t seed = 7;
    uint32_t count = history_count(history), i = count / 2;
    for (size_t k = 0; k < SEEKS; k++) {
        i = walk(i, count, &seed);
        int64_t start = bench_now();
        state_at(&state, history, i);
        samples[k] = (double)(bench_now() - start) / 1000;
    }
    state_clear(&state);
    char what[80];
    snprintf(what, sizeof what, "seek %s, median", name);
    bench_tell(what, bench_quantile(samples, SEEKS, 0.5), "µs", NULL, 0);
    snprintf(what, sizeof what, "seek %s, p99", name);
    bench_tell(what, bench_quantile(samples, SEEKS, 0.99), "µs", NULL, 0);
}

/* Every task sleeps, each a millisecond longer than the one before; then they wake one after the other. */
static History *build_sleepers(unsigned count)
{
    Synthetic trace;
    History *history = history_new();
    synthetic_begin(&trace, count);
    synthetic_line(&trace, "\"batch\",\"n\":%u", count);
    for (unsigned k = 1; k <= count; k++) {
        synthetic_line(&trace, "\"run\",\"handle\":\"h%u\",\"task\":\"t%u\"", k, k);
        synthetic_line(&trace, "\"timer\",\"handle\":\"h%u\",\"when\":%u000000,\"future\":\"f%u\"", count + k,
                       k, k);
        synthetic_line(&trace,
                       "\"ran\",\"handle\":\"h%u\",\"task\":\"t%u\",\"state\":\"waiting\",\"on\":\"f%u\"", k,
                       k, k);
    }
    for (unsigned k = 1; k <= count; k++) {
        synthetic_line(&trace, "\"iteration\",\"n\":%u", k);
        synthetic_line(&trace, "\"select\",\"timeout\":1000000");
        synthetic_line(&trace, "\"selected\",\"n\":0");
        synthetic_line(&trace, "\"ready\",\"handle\":\"h%u\",\"by\":\"timer\"", count + k);
        synthetic_line(&trace, "\"batch\",\"n\":1");
        synthetic_line(&trace, "\"run\",\"handle\":\"h%u\"", count + k);
        synthetic_line(&trace, "\"done\",\"future\":\"f%u\",\"state\":\"done\"", k);
        synthetic_line(&trace, "\"ready\",\"handle\":\"h%u\",\"by\":\"soon\",\"task\":\"t%u\"", 2 * count + k,
                       k);
        synthetic_line(&trace, "\"ran\",\"handle\":\"h%u\"", count + k);
    }
    synthetic_end(&trace);
    if (history != NULL && history_feed(history, trace.text, trace.length))
        history_finish(history);
    synthetic_free(&trace);
    return history;
}

int main(int argc, char **argv)
{
    unsigned events = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1000000;
    unsigned width = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 24;
    Times times = {0};
    History *history = build(events > 0 ? events : 1, width > 0 ? width : 1, &times);
    if (history == NULL || history_problem(history) != NULL) {
        fprintf(stderr, "bench_history: %s\n", history != NULL ? history_problem(history) : "out of memory");
        return 1;
    }
    double count = history_count(history), cjson = (double)times.cjson / (double)times.cjson_lines;
    double newlines = (double)times.newlines / (double)times.lines;
    printf("%.0f events, %u tasks at once, %.1f bytes a line\n", count, width, (double)times.bytes / count);
    bench_tell("read and index a line", (double)times.read / count, "ns", "cJSON", cjson);
    bench_tell("read and index a line", (double)times.read / count, "ns", "newlines only", newlines);
    bench_tell("read and index", (double)times.bytes * 1000 / (double)times.read, "MB/s", NULL, 0);
    bench_tell("read and index the whole trace", (double)times.read / 1e9, "s", NULL, 0);
    bench_tell("memory of an event, all in", (double)history_bytes(history) / count, "bytes", NULL, 0);
    measure_seeks(history, "one forwards", forwards);
    measure_seeks(history, "one backwards", backwards);
    measure_seeks(history, "anywhere", anywhere);
    history_free(history);
    history = build_sleepers(20000);
    if (history == NULL || history_problem(history) != NULL)
        return 1;
    measure_seeks(history, "one forwards, 20 000 timers", forwards);
    measure_seeks(history, "one backwards, 20 000 timers", backwards);
    history_free(history);
    return 0;
}
