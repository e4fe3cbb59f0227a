/*
 * seeds — runs generated programs on the C loop and on CPython, and compares.
 *
 *     seeds FIRST LAST [--shrink FOLDER]     compares all these seeds; each that differs is made small, and
 *                                            written as a pair, FOLDER/seed_N.c and .py
 *     seeds --write N FOLDER                 writes that program as a pair
 *     seeds --export FIRST LAST FOLDER       writes all of them as one C file, batch.c, and N.py, from 0
 */
#include "batch.h"
#include "shrink.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE = 128, MOST_RULES = 32, STATUS_DIFFER = 1, STATUS_USAGE = 2, STATUS_FAILED = 4 };

typedef struct Totals {
    uint64_t seeds, differ, skipped;
    uint64_t by_rule[MOST_RULES];
} Totals;

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void count_skipped(Totals *totals, const VersionRule *rule)
{
    totals->skipped++;
    if (rule - version_rules < MOST_RULES)
        totals->by_rule[rule - version_rules]++;
}

/* @return false when nothing more can be run */
static bool run_some(const Batch *batch, uint64_t first, int count, const char *folder, Totals *totals)
{
    Plan *plans[AT_ONCE];
    Verdict verdicts[AT_ONCE];
    bool differs[AT_ONCE] = {false};
    for (int k = 0; k < count; k++)
        plans[k] = plan_grow(first + (uint64_t)k);
    bool ran = batch_run(batch, plans, count, verdicts);
    for (int k = 0; k < count && ran; k++) {
        totals->seeds++;
        if (verdicts[k].rule) {
            count_skipped(totals, verdicts[k].rule);
        } else if (!verdicts[k].equal || !batch_check(batch, k)) {
            printf("seed %" PRIu64 " differs:\n", plans[k]->seed);
            batch_show(batch, k);
            differs[k] = true;
            totals->differ++;
        }
    }
    for (int k = 0; k < count; k++) {
        if (ran && differs[k] && folder)
            shrink_to_pair(batch, plans[k], folder);
        plan_free(plans[k]);
    }
    return ran;
}

static void tell_totals(const Totals *totals, double took)
{
    printf("%" PRIu64 " seeds, %" PRIu64 " differ", totals->seeds, totals->differ);
    for (int k = 0; k < MOST_RULES; k++)
        if (totals->by_rule[k])
            printf(", %" PRIu64 " skipped by %s", totals->by_rule[k], version_rules[k].name);
    printf(" (%.0f s)\n", took);
}

static int run_seeds(uint64_t first, uint64_t last, const char *folder)
{
    Batch batch;
    Totals totals = {0};
    if (!batch_begin(&batch))
        return STATUS_FAILED;
    version_tell(batch.version);
    bool on_terminal = isatty(STDERR_FILENO), ran = true;
    double began = seconds();
    for (uint64_t seed = first; seed <= last && ran; seed += AT_ONCE) {
        uint64_t left = last - seed + 1;
        ran = run_some(&batch, seed, left < AT_ONCE ? (int)left : AT_ONCE, folder, &totals);
        fflush(stdout);
        if (on_terminal || totals.seeds % 1024 == 0)
            fprintf(stderr, "%s%" PRIu64 " seeds, %" PRIu64 " differ%s", on_terminal ? "\r" : "",
                    totals.seeds, totals.differ, on_terminal ? "" : "\n");
    }
    if (on_terminal)
        fputc('\n', stderr);
    tell_totals(&totals, seconds() - began);
    batch_end(&batch);
    return !ran ? STATUS_FAILED : totals.differ ? STATUS_DIFFER : 0;
}

static int export_seeds(uint64_t first, uint64_t last, const char *folder)
{
    int count = (int)(last - first + 1);
    Plan **plans = calloc((size_t)count, sizeof *plans);
    Verdict *verdicts = calloc((size_t)count, sizeof *verdicts);
    Batch batch = {.version = PROFILE};
    if (!plans || !verdicts)
        abort();
    snprintf(batch.folder, sizeof batch.folder, "%s", folder);
    for (int k = 0; k < count; k++)
        plans[k] = plan_grow(first + (uint64_t)k);
    bool written = batch_write(&batch, plans, count, verdicts);
    for (int k = 0; k < count; k++)
        plan_free(plans[k]);
    free(plans);
    free(verdicts);
    return written ? 0 : STATUS_FAILED;
}

static bool is_number(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "--write") == 0 && is_number(argv[2])) {
        Plan *plan = plan_grow(strtoull(argv[2], NULL, 10));
        bool written = plan_write_pair(plan, argv[3]);
        plan_free(plan);
        return written ? 0 : STATUS_FAILED;
    }
    if (argc == 5 && strcmp(argv[1], "--export") == 0 && is_number(argv[2]) && is_number(argv[3]))
        return export_seeds(strtoull(argv[2], NULL, 10), strtoull(argv[3], NULL, 10), argv[4]);
    bool shrinking = argc == 5 && strcmp(argv[3], "--shrink") == 0;
    if ((argc == 3 || shrinking) && is_number(argv[1]) && is_number(argv[2]))
        return run_seeds(strtoull(argv[1], NULL, 10), strtoull(argv[2], NULL, 10),
                         shrinking ? argv[4] : NULL);
    fputs("usage: seeds FIRST LAST [--shrink FOLDER]\n       seeds --write N FOLDER\n"
          "       seeds --export FIRST LAST FOLDER\n",
          stderr);
    return STATUS_USAGE;
}
