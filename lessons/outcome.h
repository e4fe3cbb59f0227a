/*
 * outcome.h — the different things that can come of a program: what it printed, and how it ended.
 */
#ifndef OUTCOME_H
#define OUTCOME_H

#include "attempt.h"

typedef struct Outcome {
    size_t runs;
    Change *changes; /* the first schedule that gave it */
    size_t change_count;
    char *ending;
    char *output; /* what is kept of it */
    size_t length;
    uint64_t sum;
} Outcome;

typedef struct Outcomes {
    Outcome *items; /* in the order in which they were found */
    size_t count, room;
    uint32_t *table; /* by the sum: an outcome's number, from 1; 0: none */
    size_t mask;
} Outcomes;

/** Counts a run. @return false when out of memory */
bool outcomes_add(Outcomes *outcomes, const Record *record);
/** Is this what the run has come to? */
bool outcome_is(const Outcome *outcome, const Record *record);
void outcomes_free(Outcomes *outcomes);

#endif
