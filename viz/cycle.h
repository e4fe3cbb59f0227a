/*
 * cycle.h — tasks that wait for each other in a circle: each for a lock that the next one has, or for its
 * end.
 */
#ifndef VIZ_CYCLE_H
#define VIZ_CYCLE_H

#include "history.h"

enum { CYCLE_MOST = 8 };

/** Task k waits for the task behind it, the last one for the first. */
typedef struct Cycle {
    Id tasks[CYCLE_MOST];
    bool by_lock[CYCLE_MOST]; /* for a lock that it has; else for its end */
    size_t count;
} Cycle;

/** In a state that is stuck. @return false when there is none, or a longer one */
bool cycle_find(Cycle *cycle, const History *history, const State *state);
/** Who has the lock for which this future waits, in a state that is stuck. @return ID_NONE: that is not known
 */
Id cycle_holder(const History *history, const State *state, Id future);
/** Who will let go of the lock for which this future waits, looking ahead as far as the trace goes; or, when
 * it ends stuck, who has it then. @return ID_NONE: that is not known */
Id cycle_giver(const History *history, Id future);
/** How that one stands to the lock, after the state's event. */
typedef enum Giver {
    GIVER_UNKNOWN, /* nobody is known, or the trace does not tell which lock it is */
    GIVER_HAS_IT,
    GIVER_IN_LINE, /* it waits for the same lock, or is about to take it: the other one stands behind it */
} Giver;
Giver cycle_giver_is(const History *history, const State *state, Id giver, Id future);
/** As cycle_find(), by the event that tells it. */
bool cycle_of(Cycle *cycle, const Event *stuck);

#endif
