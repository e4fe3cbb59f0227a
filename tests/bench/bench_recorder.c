/*
 * bench_recorder.c — what recording costs: a step of a Python program that only gives way, and its start.
 *
 * The program is run plain, recorded, and recorded without lines, in turn, several times; of each the fastest
 * counts. It tells its own time for a step; the start is the time of a program that takes no step at all.
 */
#include "bench.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PLAIN, LINES, NO_LINES, WAYS, ROUNDS = 5 };

static const char steps[] = "import asyncio, sys, time\n"
                            "async def main():\n"
                            "    for _ in range(20000):\n"
                            "        await asyncio.sleep(0)\n"
                            "start = time.perf_counter()\n"
                            "asyncio.run(main())\n"
                            "print((time.perf_counter() - start) / 20000 * 1e9)\n";

static const char nothing[] = "import asyncio\nprint(0)\n";

static const char *const ways[WAYS] = {
    [PLAIN] = "python3",
    [LINES] = "python3 " PROJECT_DIR "/lessons/record -o /dev/null",
    [NO_LINES] = "python3 " PROJECT_DIR "/lessons/record --no-lines -o /dev/null",
};

/* @return what the program printed; in *whole the seconds that it took in all */
static double run(const char *way, const char *script, double *whole)
{
    char command[1024];
    snprintf(command, sizeof command, "%s %s", way, script);
    int64_t start = bench_now();
    FILE *out = popen(command, "r");
    double printed = -1;
    if (out == NULL || fscanf(out, "%lf", &printed) != 1 || pclose(out) != 0) {
        fprintf(stderr, "bench_recorder: %s failed\n", command);
        exit(1);
    }
    *whole = (double)(bench_now() - start) / 1e9;
    return printed;
}

static void keep_least(double *least, double value)
{
    if (*least == 0 || value < *least)
        *least = value;
}

static void write_script(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

int main(void)
{
    char folder[] = "/tmp/loopglass-bench-XXXXXX", busy[64], idle[64];
    double step[WAYS] = {0}, start[WAYS] = {0}, whole;
    if (mkdtemp(folder) == NULL || system("python3 --version") != 0)
        return 1;
    snprintf(busy, sizeof busy, "%s/steps.py", folder);
    snprintf(idle, sizeof idle, "%s/nothing.py", folder);
    write_script(busy, steps);
    write_script(idle, nothing);
    for (int round = 0; round < ROUNDS; round++)
        for (int way = 0; way < WAYS; way++) {
            keep_least(&step[way], run(ways[way], busy, &whole));
            run(ways[way], idle, &whole);
            keep_least(&start[way], whole);
        }
    unlink(busy);
    unlink(idle);
    rmdir(folder);
    bench_tell("a recorded step, with lines", step[LINES], "ns", "plain Python", step[PLAIN]);
    bench_tell("a recorded step, without lines", step[NO_LINES], "ns", "plain Python", step[PLAIN]);
    bench_tell("start and end, recorded", start[LINES] * 1e3, "ms", "plain Python", start[PLAIN] * 1e3);
    return 0;
}
