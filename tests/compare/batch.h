/*
 * batch.h — runs a number of plans, all at once, as C and as Python, and compares what they did.
 */
#ifndef TESTS_COMPARE_BATCH_H
#define TESTS_COMPARE_BATCH_H

#include "plan.h"
#include "versions.h"

typedef struct Verdict {
    bool equal;
    const VersionRule *rule; /* not compared: it depends on this, in which the Python here differs */
} Verdict;

/** Where the work is done and with what: filled by batch_begin(). */
typedef struct Batch {
    char folder[512];
    char python[1024];
    Version version;
} Batch;

/** Makes a folder of its own and asks python3 (or LOOPGLASS_PYTHON) who it is. @return false: it complained
 */
bool batch_begin(Batch *batch);
/** Removes the folder. */
void batch_end(const Batch *batch);

/** Writes K.py for each, and batch.c for all of them: only verdicts[k].rule is filled. @return false: it
 * complained */
bool batch_write(const Batch *batch, Plan *const *plans, int count, Verdict *verdicts);
/** @return false when they could not be run at all; it complained */
bool batch_run(const Batch *batch, Plan *const *plans, int count, Verdict *verdicts);
/** After batch_run(): shows the first difference of the k-th plan on stdout. */
void batch_show(const Batch *batch, int k);
/** The k-th plan's own trace of the C loop keeps the rules of a trace? Complains. */
bool batch_check(const Batch *batch, int k);

#endif
