/*
 * contestant.h — what the programs of the contest share.
 *
 * A contestant does one piece of work and prints what it cost, a number: nanoseconds for each step, or bytes.
 * It is a program of its own, run by bench_loop, so that no library's allocator, signals or stacks touch
 * another's.
 *
 *     CONTESTANT WORK SIZE     exit status 3: it has no such work
 *
 * Time is the processor's, so that waiting for a clock costs nothing.
 */
#ifndef CONTESTANT_H
#define CONTESTANT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CONTESTANT_CANNOT = 3 };

typedef double (*Work)(int64_t size);

typedef struct WorkName {
    const char *name;
    Work work;
} WorkName;

static inline int64_t cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/** A short run, only to see that all works? */
static inline int is_quick(void)
{
    static int known = -1;
    if (known < 0)
        known = getenv("BENCH_QUICK") != NULL;
    return known;
}

/** How often each of so many tasks yields: a few million yields in all, or a few thousand in a short run. */
static inline int64_t yields_each(int64_t tasks)
{
    int64_t all = is_quick() ? 20000 : tasks > 1000 ? 2000000 : 4000000;
    return all / tasks > 0 ? all / tasks : 1;
}

/** Bytes of a message that goes there and comes back. */
enum { ECHO_BYTES = 64 };

/** How often each of so many connections sends one. */
static inline int64_t echoes_each(int64_t connections)
{
    int64_t all = is_quick() ? 100 : 60000;
    return all / connections > 0 ? all / connections : 1;
}

/** A little longer than any delay, in microseconds. */
static inline unsigned beyond_delays(void)
{
    return is_quick() ? 20000 : 1200000;
}

/** The next of a row of numbers, the same in each contestant: up to about a second, or in a short run 17 ms,
 * in nanoseconds. */
static inline int64_t next_delay(uint64_t *random)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)(*random >> (is_quick() ? 40 : 34)) + 1;
}

/** Bytes of this process: "VmRSS", what is resident; "VmPTE", its page tables. */
static inline int64_t memory_now(const char *what)
{
    char line[256];
    long kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, what, strlen(what)) == 0)
            kilobytes = atol(line + strlen(what) + 1);
    if (file)
        fclose(file);
    return (int64_t)kilobytes * 1024;
}

static inline int contestant_main(int argc, char **argv, const WorkName *works, size_t count)
{
    int64_t size = argc == 3 ? atoll(argv[2]) : 0;
    for (size_t k = 0; size > 0 && k < count; k++)
        if (strcmp(works[k].name, argv[1]) == 0) {
            double cost = works[k].work(size);
            if (cost < 0)
                return CONTESTANT_CANNOT;
            printf("%.4f\n", cost);
            return 0;
        }
    return CONTESTANT_CANNOT;
}

#endif
