/*
 * Delta debugging in rounds: a round tries many smaller programs at once, as one batch, and goes on with the
 * smallest of those that still differ. Long runs of statements first, then single ones, then a block in place
 * of the statement around it, then fewer things to wait for; until a round finds nothing.
 */
#include "shrink.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TRIALS = 96 };

typedef struct Round {
    Plan *plans[MOST_TRIALS];
    int count;
} Round;

static void try_plan(Round *round, Plan *plan)
{
    if (round->count < MOST_TRIALS)
        round->plans[round->count++] = plan;
    else
        plan_free(plan);
}

static void try_changed(Round *round, Plan *plan, bool changed)
{
    if (changed)
        try_plan(round, plan);
    else
        plan_free(plan);
}

static void propose_runs(Round *round, const Plan *plan, int length)
{
    int statements = plan_statements(plan);
    for (int from = 0; from<statements; from += length> 1 ? length : 1) {
        Plan *copy = plan_copy(plan);
        plan_drop(copy, from, length);
        try_plan(round, copy);
    }
}

static void propose_simpler(Round *round, const Plan *plan)
{
    int statements = plan_statements(plan);
    for (int k = 0; k < statements; k++) {
        Plan *copy = plan_copy(plan);
        try_changed(round, copy, plan_unwrap(copy, k));
        for (int item = 0; item < MOST_ITEMS; item++) {
            copy = plan_copy(plan);
            try_changed(round, copy, plan_drop_item(copy, k, item));
        }
    }
}

static size_t length_of(const Plan *plan)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        abort();
    plan_write_python(plan, memory);
    fclose(memory);
    free(text);
    return length;
}

/* @return the smallest of the round that still differs, NULL; all others are freed */
static Plan *best_of(const Batch *batch, Round *round)
{
    Verdict verdicts[MOST_TRIALS];
    Plan *best = NULL;
    bool ran = batch_run(batch, round->plans, round->count, verdicts);
    for (int k = 0; k < round->count; k++) {
        Plan *plan = round->plans[k];
        bool better =
            ran && !verdicts[k].rule && !verdicts[k].equal && (!best || length_of(plan) < length_of(best));
        plan_free(better ? best : plan);
        best = better ? plan : best;
    }
    round->count = 0;
    return best;
}

static Plan *shrink(const Batch *batch, const Plan *plan)
{
    Plan *best = plan_copy(plan);
    int length = plan_statements(best) / 2;
    for (bool simpler = false; length > 0 || simpler;) {
        Round round = {.count = 0};
        if (simpler)
            propose_simpler(&round, best);
        else
            propose_runs(&round, best, length);
        Plan *found = round.count ? best_of(batch, &round) : NULL;
        if (found) {
            plan_free(best);
            best = found;
            length = simpler ? 1 : length;
            simpler = false;
        } else if (simpler) {
            break;
        } else {
            simpler = length == 1;
            length /= 2;
        }
        if (length > plan_statements(best))
            length = plan_statements(best);
    }
    return best;
}

static bool write_half(const Plan *plan, const char *folder, const char *ending)
{
    char path[512];
    snprintf(path, sizeof path, "%s/seed_%" PRIu64 "%s", folder, plan->seed, ending);
    FILE *out = fopen(path, "wb");
    if (out && strcmp(ending, ".c") == 0)
        plan_write_c(plan, "", out);
    else if (out)
        plan_write_python(plan, out);
    if (out && fclose(out) == 0)
        return true;
    perror(path);
    return false;
}

bool plan_write_pair(const Plan *plan, const char *folder)
{
    return write_half(plan, folder, ".c") && write_half(plan, folder, ".py");
}

void shrink_to_pair(const Batch *batch, const Plan *plan, const char *folder)
{
    Plan *small = shrink(batch, plan);
    Verdict verdict;
    printf("seed %" PRIu64 " came from %d statements to %d:\n", plan->seed, plan_statements(plan),
           plan_statements(small));
    plan_write_python(small, stdout);
    if (batch_run(batch, &small, 1, &verdict))
        batch_show(batch, 0);
    plan_write_pair(small, folder);
    plan_free(small);
}
