/*
 * ran.h — a program that a test starts: what it wrote on stdout and stderr, and how it ended.
 */
#ifndef TESTS_RAN_H
#define TESTS_RAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

typedef struct Ran {
    pid_t pid;
    double started;
    FILE *files[2];
    char *out, *err; /* after ran_wait(), with a zero byte behind */
    size_t out_length, err_length;
    int status; /* exit status, or 128 + signal */
    bool timed_out;
} Ran;

/** Starts argv in a folder (NULL: here). Fails the test when it cannot. */
void ran_start(Ran *program, const char *folder, const char *const *argv);
/** Waits until it ends, at most until so many seconds after its start; then kills it. Reads what it wrote. */
void ran_wait(Ran *program, double seconds);
void ran_free(Ran *program);

extern const char looprun_path[];
/** Starts looprun with these words (NULL behind the last) and waits for it. */
Ran looprun(const char *const *words);
#define LOOPRUN(...) looprun((const char *const[]){__VA_ARGS__, NULL})

#endif
