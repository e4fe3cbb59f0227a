/*
 * bench.h — how a measurement is told: one line for people, and with BENCH_JSON=FILE one JSON object a line.
 *
 * Absolute figures move from machine to machine, so each stands beside a floor or a peer measured in the same
 * run: "against" names it, and the ratio is value / that.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline int bench_compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** The value at a fraction (0.5: the median) of the samples, which it sorts. */
static inline double bench_quantile(double *samples, size_t count, double fraction)
{
    qsort(samples, count, sizeof *samples, bench_compare_doubles);
    return samples[(size_t)((double)(count - 1) * fraction)];
}

/** @param against what it is compared with, NULL for nothing; reference its value in the same unit */
static inline void bench_tell(const char *what, double value, const char *unit, const char *against,
                              double reference)
{
    double ratio = reference != 0 ? value / reference : 0;
    if (against)
        printf("%-52s %12.2f %-10s %8.2f × %s\n", what, value, unit, ratio, against);
    else
        printf("%-52s %12.2f %s\n", what, value, unit);
    fflush(stdout);
    const char *path = getenv("BENCH_JSON");
    FILE *json = path ? fopen(path, "a") : NULL;
    if (!json)
        return;
    fprintf(json, "{\"what\":\"%s\",\"value\":%.4f,\"unit\":\"%s\"", what, value, unit);
    if (against)
        fprintf(json, ",\"against\":\"%s\",\"reference\":%.4f,\"ratio\":%.4f", against, reference, ratio);
    fprintf(json, "}\n");
    fclose(json);
}

#endif
