/*
 * program.h — runs the C half of a comparison: a function, on the virtual clock, with a trace that always
 * ends.
 */
#ifndef TESTS_COMPARE_PROGRAM_H
#define TESTS_COMPARE_PROGRAM_H

#include "loop.h"

typedef struct Program {
    const char *name; /* NULL behind the last of a table */
    Value (*run)(void);
} Program;

/** All pairs, sorted by name: made by CMake. */
extern const Program pair_programs[];

/**
 * Runs it, and writes its trace to a descriptor.
 * @return the exit status that Python would have, 3 when it is stuck; -1 when the trace could not be written
 */
int program_trace(const Program *program, int fd);

#endif
