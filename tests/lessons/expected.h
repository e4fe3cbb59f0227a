/*
 * expected.h — what every lesson and variant does: the table that the tests hold the programs against.
 */
#ifndef TESTS_EXPECTED_H
#define TESTS_EXPECTED_H

#include <stdbool.h>
#include <stddef.h>

/** In place of seconds: a program in Python, shipped as a recording, with the times of that day. */
#define RECORDED (-1.0)

typedef struct Expected {
    const char *lesson;
    const char *variant;   /* NULL: the lesson itself */
    const char *reference; /* tests/data/traces/….jsonl, what CPython did; NULL: none */
    int status;
    double seconds; /* on the virtual clock, at the end; RECORDED: it is a recording */
    int iterations, handles;
    const char *output;
    const char *error; /* lines on stderr, some part of each; NULL: nothing there */
} Expected;

extern const Expected expected[];
extern const size_t expected_count;

bool is_recorded(const Expected *lesson);
/** "task-2", "task-1 --variant as-written" */
const char *expected_name(const Expected *lesson, char *buffer, size_t size);
/** lessons/NN-name of this checkout; fails the test when there is none. */
void expected_folder(const Expected *lesson, char *buffer, size_t size);
/** "lesson.py", "as-written.py" */
void expected_listing(const Expected *lesson, char *buffer, size_t size);
/** In what Python printed: "defined at /a/b/lesson.py:3" becomes "defined at lesson.py:3". */
void cut_folders(char *text);

#endif
