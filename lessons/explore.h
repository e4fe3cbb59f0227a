/*
 * explore.h — runs a program in all orders that its tasks could run in, and lists what can come of it.
 */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stddef.h>

enum { BOUND = 10000 /* runs, unless --bound says otherwise */, BOUND_MOST = 100000000 };

typedef struct Exploration {
    const char *title;          /* of what is run */
    const char *subject;        /* schedule_file.h */
    size_t bound;               /* runs at most */
    const char *save;           /* a folder for a schedule of each outcome; NULL: none */
    void (*run)(void *context); /* runs it once, in a process of its own, and says attempt_ends() */
    void *context;
} Exploration;

/** @return an exit status: 0 one outcome, 1 several; 4 after complaining */
int explore(const Exploration *exploration);

#endif
