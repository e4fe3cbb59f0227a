/*
 * attempt.h — one run of the program in one order, in a process of its own, so that nothing of it is left for
 * the next: neither a variable of the module nor a crash.
 */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include "schedule.h"

enum {
    CHOICES_MOST = 1 << 16,  /* of a run: then it is ended */
    CHANGES_MOST = 1 << 10,  /* of a schedule */
    OUTPUT_MOST = 256 << 10, /* bytes that are kept; the rest counts in the sum */
    NAMES_MOST = 8 << 20,
    ENDING_MOST = 1024,
    PATIENCE = 10 /* seconds of a run: then it is ended */
};

/** Where a schedule differs from asyncio's: choice `at`, from 0, takes this one. */
typedef struct Change {
    uint32_t at, taken;
} Change;

/** What both sides see: the schedule, and what came of it. */
typedef struct Record {
    Change changes[CHANGES_MOST]; /* by `at` */
    uint32_t change_count;
    bool named; /* the names are wanted */

    uint32_t choice_count;
    uint32_t counts[CHOICES_MOST];
    bool unsteady; /* a change could not be made: the program did not do what it did before */
    bool ended;    /* `ending` says how; else the process died */
    char ending[ENDING_MOST];
    uint64_t sum;  /* of all the output */
    size_t length; /* of all the output */
    char output[OUTPUT_MOST];
    size_t names_length;
    char names[NAMES_MOST]; /* of each choice, one text after the other */
} Record;

typedef struct Attempt {
    Record *record;
    int pid;
} Attempt;

/** @return false when out of memory */
bool attempt_open(Attempt *attempt);
void attempt_close(Attempt *attempt);
/** Starts it; the record says which. @param run runs the program in the new process. @return false with errno
 */
bool attempt_start(Attempt *attempt, void (*run)(void *context), void *context);
/** Waits for its end. A process that died has an ending then, too. */
void attempt_wait(Attempt *attempt);

/** In the new process: the program has ended so. */
void attempt_ends(const char *ending);

#endif
