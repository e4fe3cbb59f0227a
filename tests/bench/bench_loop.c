/*
 * bench_loop.c — the scheduler beside floors and peers: the same work by each of them, in one run on one
 * processor.
 *
 *     bench_loop [--quick] [--rounds N] [WORK…]
 *
 * Each contestant is a program of its own (loop/contestant.h). The rounds go round all of them, so that what
 * disturbs the machine disturbs everybody; the median is told. Programs from elsewhere join in by
 * LOOPGLASS_CONTESTANTS="name=program:name=program".
 */
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONTESTANTS = 16, ROUNDS_MOST = 101, CANNOT = 3, PATIENCE = 120 /* s, for one piece of work */ };

typedef struct Contestant {
    const char *name;
    const char *program[3];
} Contestant;

static Contestant contestants[CONTESTANTS] = {
    {"floor", {BUILD_DIR "/contest_floor", NULL}},
    {"libloop", {BUILD_DIR "/contest_libloop", NULL}},
    {"Boost.Context", {BUILD_DIR "/contest_boost_context", NULL}},
    {"State Threads", {BUILD_DIR "/contest_state_threads", NULL}},
    {"libuv", {BUILD_DIR "/contest_uv", NULL}},
    {"asyncio", {"/usr/bin/python3", PROJECT_DIR "/tests/bench/loop/asyncio_.py", NULL}},
    {"uvloop", {"/usr/bin/python3", PROJECT_DIR "/tests/bench/loop/asyncio_.py", "--uvloop"}},
};

enum { FLOOR, LIBLOOP };

static size_t contestant_count = 7;

/* What is aimed at: libloop costs at most `factor` times, or is at least so many times faster than … */
typedef struct Aim {
    const char *against; /* a contestant; NULL: `most` of the unit */
    double most;         /* libloop / against, or libloop itself */
} Aim;

typedef struct Work {
    const char *title, *name, *unit;
    int64_t size, quick;
    Aim aims[3];
} Work;

// clang-format off
static const Work works[] = {
    {"context switch, one way",       "switch",       "ns",    20000000, 20000, {{NULL, 0}}},
    {"yield, 2 tasks",                "yield",        "ns",           2,     2, {{"floor", 2}, {"neco", 1 / 3.0}}},
    {"yield, 100 tasks",              "yield",        "ns",         100,   100, {{"floor", 2}, {"neco", 1 / 1.8}}},
    {"yield, 10 000 tasks",           "yield",        "ns",       10000,  1000, {{"floor", 2}, {"neco", 1 / 4.0}}},
    {"spawn, run and join a task",    "spawn-join",   "ns",      200000,  1000, {{"libdill", 1 / 1.6}}},
    {"spawn 10 000, then run all",    "spawn",        "ns",       10000,  1000, {{NULL, 0}}},
    {"timer, 100 000: insert, expire","timer",        "ns",      100000,  1000, {{NULL, 0}}},
    {"timer, 1 000 000",              "timer",        "ns",     1000000,  1000, {{"libuv", 1 / 6.0}}},
    {"sleeping task, 100 000",        "sleep",        "ns",      100000,  1000, {{NULL, 0}}},
    {"sleeping task, 1 000 000",      "sleep",        "ns",     1000000,  1000, {{"State Threads", 1 / 2.8}}},
    {"parked task, 100 000",          "parked",       "bytes",   100000,  1000, {{NULL, 4400}}},
    {"parked task, 1 000 000",        "parked",       "bytes",  1000000,  1000, {{NULL, 4400}}},
    {"task that sleeps, 100 000",     "asleep",       "bytes",   100000,  1000, {{NULL, 0}}},
    {"page tables of a parked task",  "tables",       "bytes",   100000,  1000, {{NULL, 0}}},
    {"yield, 100 tasks, traced",      "yield-traced", "ns",         100,   100, {{NULL, 0}}},
    {"trace line to memory",          "trace-memory", "ns",           1,     1, {{NULL, 70}}},
    {"trace line to a file",          "trace-file",   "ns",           1,     1, {{NULL, 0}}},
    {"echo, 1 connection",            "echo",         "ns",           1,     1, {{NULL, 0}}},
    {"echo, 100 connections",         "echo",         "ns",         100,    10, {{NULL, 0}}},
    {"echo, 1 000 connections",       "echo",         "ns",        1000,    20, {{NULL, 0}}},
};
// clang-format on

typedef struct Result {
    double samples[ROUNDS_MOST];
    int count;
    bool cannot;
    double spent; /* seconds */
} Result;

static bool quick;
static int rounds = 5;
static const double enough =
    6; /* seconds a contestant may spend on one work before its rounds are cut short */

/* ---------------------------------------------------------------------------------------------- one round */

static void become(const Contestant *contestant, const Work *work, int out)
{
    char size[32];
    const char *words[6];
    size_t count = 0;
    for (size_t k = 0; k < 3 && contestant->program[k]; k++)
        words[count++] = contestant->program[k];
    snprintf(size, sizeof size, "%lld", (long long)(quick ? work->quick : work->size));
    words[count++] = work->name;
    words[count++] = size;
    words[count] = NULL;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)sysconf(_SC_NPROCESSORS_ONLN) - 1, &one);
    sched_setaffinity(0, sizeof one, &one);
    dup2(out, STDOUT_FILENO);
    if (quick)
        setenv("BENCH_QUICK", "1", 1);
    struct rlimit files; /* a thousand connections have two thousand ends */
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    alarm(PATIENCE);
    execv(words[0], (char *const *)words);
    _exit(CANNOT);
}

/* @return the cost; negative with *status when there is none */
static double run(const Contestant *contestant, const Work *work, int *status)
{
    int ends[2];
    char text[64] = "";
    *status = -1;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        become(contestant, work, ends[1]);
    close(ends[1]);
    FILE *said = fdopen(ends[0], "r");
    bool told = said && fgets(text, sizeof text, said);
    while (said && fgetc(said) != EOF) {
    }
    if (said)
        fclose(said);
    if (child < 0 || waitpid(child, status, 0) < 0 || !told || !WIFEXITED(*status) ||
        WEXITSTATUS(*status) != 0)
        return -1;
    return strtod(text, NULL);
}

/* @return false after complaining of one that failed where it should not */
static bool play(const Contestant *contestant, const Work *work, Result *result)
{
    int status;
    int64_t start = bench_now();
    double cost = run(contestant, work, &status);
    result->spent += (double)(bench_now() - start) / 1e9;
    if (cost >= 0) {
        result->samples[result->count++] = cost;
        return true;
    }
    result->cannot = true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == CANNOT)
        return true;
    fprintf(stderr, "bench_loop: %s ends with %s %d at: %s\n", contestant->name,
            WIFSIGNALED(status) ? "signal" : "status",
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), work->title);
    return false;
}

/* -------------------------------------------------------------------------------------------------- told */

static double median(Result *result)
{
    return result->count ? bench_quantile(result->samples, (size_t)result->count, 0.5) : -1;
}

static double of_contestant(const double *costs, const char *name)
{
    for (size_t k = 0; k < contestant_count; k++)
        if (strcmp(contestants[k].name, name) == 0)
            return costs[k];
    return -1;
}

/* @return false when there is nothing to hold it against */
static bool judge(const Aim *aim, const double *costs, bool *met)
{
    double against = aim->against ? of_contestant(costs, aim->against) : 1;
    *met = costs[LIBLOOP] <= aim->most * against;
    return aim->most > 0 && against > 0 && costs[LIBLOOP] > 0;
}

static void say_aim(const Aim *aim, const Work *work, bool met)
{
    printf("%31s", "");
    if (!aim->against)
        printf("aim: at most %g %s", aim->most, work->unit);
    else if (aim->most < 1)
        printf("aim: %.1f × faster than %s", 1 / aim->most, aim->against);
    else
        printf("aim: within %g × %s", aim->most, aim->against);
    printf(": %s\n", met ? "met" : "NOT met");
}

static void say(const Work *work, const double *costs)
{
    double ours = costs[LIBLOOP], floor_cost = costs[FLOOR];
    printf("%-30s %9.*f %-6s", work->title, ours < 1000 ? 1 : 0, ours, work->unit);
    if (floor_cost > 0)
        printf(" %5.2f × floor (%.*f)", ours / floor_cost, floor_cost < 1000 ? 1 : 0, floor_cost);
    const char *between = floor_cost > 0 ? "; " : " ";
    for (size_t k = LIBLOOP + 1; k < contestant_count; k++) {
        if (costs[k] <= 0)
            continue;
        printf("%s%s %.*f, %.1f ×", between, contestants[k].name, costs[k] < 1000 ? 1 : 0, costs[k],
               costs[k] / ours);
        between = " · ";
    }
    printf("\n");
    for (const Aim *aim = work->aims; aim < work->aims + 3; aim++) {
        bool met;
        if (judge(aim, costs, &met))
            say_aim(aim, work, met);
    }
    fflush(stdout);
}

static void write_json(const Work *work, const double *costs, const Result *results)
{
    const char *path = getenv("BENCH_JSON"), *comma = "";
    FILE *json = path ? fopen(path, "a") : NULL;
    if (!json)
        return;
    fprintf(json, "{\"what\":\"%s\",\"work\":\"%s\",\"size\":%lld,\"unit\":\"%s\",\"results\":{", work->title,
            work->name, (long long)(quick ? work->quick : work->size), work->unit);
    for (size_t k = 0; k < contestant_count; k++) {
        const Result *result = &results[k]; /* its samples are sorted */
        if (costs[k] <= 0)
            continue;
        fprintf(json, "%s\"%s\":{\"value\":%.4f,\"least\":%.4f,\"most\":%.4f,\"rounds\":%d,\"ratio\":%.4f}",
                comma, contestants[k].name, costs[k], result->samples[0], result->samples[result->count - 1],
                result->count, costs[k] / costs[LIBLOOP]);
        comma = ",";
    }
    fprintf(json, "},\"aims\":[");
    comma = "";
    for (const Aim *aim = work->aims; aim < work->aims + 3; aim++) {
        bool met;
        if (!judge(aim, costs, &met))
            continue;
        fprintf(json, "%s{\"against\":\"%s\",\"most\":%.4f,\"met\":%s}", comma,
                aim->against ? aim->against : work->unit, aim->most, met ? "true" : "false");
        comma = ",";
    }
    fprintf(json, "]}\n");
    fclose(json);
}

/* ------------------------------------------------------------------------------------------------ the run */

/* @return false when a contestant failed */
static bool contest(const Work *work)
{
    static Result results[CONTESTANTS];
    double costs[CONTESTANTS];
    bool fine = true;
    memset(results, 0, sizeof results);
    for (int round = 0; round < rounds; round++)
        for (size_t k = 0; k < contestant_count; k++)
            if (!results[k].cannot && results[k].spent < enough)
                fine = play(&contestants[k], work, &results[k]) && fine;
    for (size_t k = 0; k < contestant_count; k++)
        costs[k] = median(&results[k]);
    if (costs[LIBLOOP] <= 0)
        return fine;
    say(work, costs);
    write_json(work, costs, results);
    return fine;
}

/* "name=program:name=program" */
static void add_contestants(char *list)
{
    for (char *each = strtok(list, ":"); each && contestant_count < CONTESTANTS; each = strtok(NULL, ":")) {
        char *program = strchr(each, '=');
        if (!program)
            continue;
        *program++ = '\0';
        contestants[contestant_count++] = (Contestant){each, {program, NULL}};
    }
}

static void say_who_is_missing(void)
{
    for (size_t k = 0; k < contestant_count; k++)
        if (access(contestants[k].program[0], X_OK) != 0)
            printf("%s is not here: %s\n", contestants[k].name, contestants[k].program[0]);
}

static bool chosen(const Work *work, int argc, char **argv, int from)
{
    for (int k = from; k < argc; k++)
        if (strcmp(argv[k], work->name) == 0)
            return true;
    return from == argc;
}

int main(int argc, char **argv)
{
    int from = 1;
    for (; from < argc && argv[from][0] == '-'; from++) {
        if (strcmp(argv[from], "--quick") == 0) {
            quick = true;
            rounds = 1;
        } else if (strcmp(argv[from], "--rounds") == 0 && from + 1 < argc && atoi(argv[from + 1]) > 0) {
            rounds = atoi(argv[++from]) < ROUNDS_MOST ? atoi(argv[from]) : ROUNDS_MOST;
        } else {
            fprintf(stderr, "usage: bench_loop [--quick] [--rounds N] [WORK…]\n");
            return 2;
        }
    }
    const char *more = getenv("LOOPGLASS_CONTESTANTS");
    char *list = more ? strdup(more) : NULL;
    if (list)
        add_contestants(list);
    say_who_is_missing();
    bool fine = true;
    for (size_t k = 0; k < sizeof works / sizeof *works; k++)
        if (chosen(&works[k], argc, argv, from))
            fine = contest(&works[k]) && fine;
    free(list);
    return fine ? 0 : 1;
}
