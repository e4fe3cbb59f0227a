/*
 * program.h — the table of all lesson programs, made by CMake from the folders.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "loop.h"

typedef struct LessonProgram {
    const char *folder; /* "06-async-await" */
    const char *stem;   /* "lesson", or the variant's name */
    Value (*run)(void); /* NULL: STEM.jsonl in the folder is a recording of it */
} LessonProgram;

/** Sorted by folder; the last has no folder. */
extern const LessonProgram lesson_programs[];

#endif
