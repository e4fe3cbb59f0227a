/*
 * shrink.h — a program whose two traces differ, made as small as it can be while they still do.
 */
#ifndef TESTS_COMPARE_SHRINK_H
#define TESTS_COMPARE_SHRINK_H

#include "batch.h"

/** Writes FOLDER/seed_N.c and seed_N.py. @return false: it complained */
bool plan_write_pair(const Plan *plan, const char *folder);
/** Shrinks a copy of it, shows what still differs, and writes the pair. */
void shrink_to_pair(const Batch *batch, const Plan *plan, const char *folder);

#endif
