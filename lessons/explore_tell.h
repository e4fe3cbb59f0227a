/*
 * explore_tell.h — what was found, told: the outcomes, how often each came, and an order that leads to it.
 */
#ifndef EXPLORE_TELL_H
#define EXPLORE_TELL_H

#include "explore.h"
#include "outcome.h"

typedef struct Found {
    Outcomes outcomes;
    size_t runs;
    size_t unsteady; /* of them did not get to the choice that they were to change */
    bool more;       /* there are more orders than the bound */
    bool cut;        /* a run had more choices than are written down */
} Found;

/** On a terminal: how far it is, now and then. NULL: the line goes again. */
void tell_progress(const Found *found);
/**
 * Lists the outcomes on stdout, and saves a schedule of each if asked to.
 * @param attempt to run each once more, for the names of those that were chosen
 * @return an exit status, after complaining if it is STATUS_UNREADABLE
 */
int tell_found(const Exploration *exploration, const Found *found, Attempt *attempt);

#endif
