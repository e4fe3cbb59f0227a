/*
 * program.h — the table of all lesson programs, made by CMake from the folders.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "loop.h"

typedef struct LessonProgram {
    const char *folder; /* "06-async-await"; of a lesson of one's own, a path (shelf.h) */
    const char *stem;   /* "lesson", or the variant's name */
    Value (*run)(void); /* NULL: it is in a file … */
    const char *source; /* … this one, in C or Python; NULL: STEM.jsonl in the folder is a recording of it */
} LessonProgram;

/** Sorted by folder; the last has no folder. */
extern const LessonProgram lesson_programs[];

#endif
