/*
 * schedule.h — another order than asyncio's: what --schedule names.
 *
 *     fifo          asyncio's own: who became ready first runs first
 *     lifo          who became ready last
 *     random:SEED   by lot, and for the same seed always the same
 *     FILE          as it stands there, choice by choice (schedule_file.h)
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One choice: which of how many that could run did, counted from 0 in the order of the queue. */
typedef struct Turn {
    uint32_t taken, count;
} Turn;

/** Could it be one? A file is not looked into. Complains. */
bool schedule_fits(const char *word);
/**
 * From now on the loops of this thread run in this order.
 * @param subject which program it is, as schedule_file.h has it
 * @param misfit called when a file does not go on as the program does, after complaining; it ends the program
 * @return false after complaining
 */
bool schedule_begin(const char *word, const char *subject, void (*misfit)(void *context), void *context);
/** For the trace's header: "schedule lifo". @return NULL: asyncio's order, also where a file says it */
const char *schedule_order(void);
/** The program has ended. Complains when a file has choices left. @return false then */
bool schedule_finish(void);

#endif
