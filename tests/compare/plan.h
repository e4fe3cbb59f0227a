/*
 * plan.h — a random program in memory: functions of statements, made from a seed, written as C and as Python.
 *
 * Function 0 is the main coroutine. Each function refers only to later ones, so no program runs for ever;
 * what it costs to run is known while it grows, and bounded.
 */
#ifndef TESTS_COMPARE_PLAN_H
#define TESTS_COMPARE_PLAN_H

#include "ops.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { LETTERS = 'z' - 'A' + 1, MOST_ITEMS = 4, MOST_FUNCTIONS = 10 };

/* How many there are of each that has a number. */
enum {
    TASKS = 4,
    PLAIN_FUTURES = 3,
    GATHERED = 2,
    HANDLES = 3,
    COUNTERS = 2,
    OBJECTS = 2, /* locks, events … */
};

/** One of several things that are waited for: task 't', future 'f', or a new coroutine 'b'. */
typedef struct Item {
    char kind;
    int number;
} Item;

typedef struct Node {
    const Op *op;
    int number;         /* its name in what is printed */
    int block;          /* $#: the number of the group or timeout that begins */
    int value[LETTERS]; /* of $A … $z */
    Item one;           /* $a, $A */
    Item items[MOST_ITEMS];
    int count;                   /* of items */
    struct Node *inner, *behind; /* $B, $X */
    struct Node *next;
} Node;

typedef enum FunctionKind { COROUTINE, CALL, DONE_CALLBACK } FunctionKind;

typedef struct Function {
    FunctionKind kind;
    Node *first;
    int cost; /* statements that one call runs at most, all that it starts included */
} Function;

typedef struct Plan {
    uint64_t seed;
    bool features[FEATURES];
    Function functions[MOST_FUNCTIONS];
    int function_count;
    int permits[OBJECTS]; /* of the semaphores; the second is bounded */
    int parties[OBJECTS]; /* of the barriers */
    int maxsize[OBJECTS]; /* of the queues */
    int queue_kind[OBJECTS];
} Plan;

/** The program of this seed: always the same. */
Plan *plan_grow(uint64_t seed);
Plan *plan_copy(const Plan *plan);
void plan_free(Plan *plan);

/** Which functions does the main coroutine lead to? @param used of MOST_FUNCTIONS */
void plan_used(const Plan *plan, bool *used);
/** Does a reachable statement have this letter in its template? */
bool plan_has(const Plan *plan, char letter);
/** Is there a reachable statement whose Python has this text in it? */
bool plan_says(const Plan *plan, const char *text);
/** The slot of tasks that a coroutine's tasks stand in. */
int plan_slot(const Plan *plan, int function);

/* Changes, for the shrinker. Statements are numbered from 0 in the order of their writing. */

int plan_statements(const Plan *plan);
/** Leaves out some statements from this one on, with their blocks. */
void plan_drop(Plan *plan, int from, int count);
/** Puts a statement's block in its place. @return false when it has none */
bool plan_unwrap(Plan *plan, int statement);
/** Leaves out one of several things that a statement waits for. @return false when there is no such */
bool plan_drop_item(Plan *plan, int statement, int item);

/**
 * Writes it in C.
 * @param prefix stands before each name of the file, so that several programs fit in one; "": it is a pair
 */
void plan_write_c(const Plan *plan, const char *prefix, FILE *out);
void plan_write_python(const Plan *plan, FILE *out);

#endif
