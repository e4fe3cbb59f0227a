/*
 * schedule.h — another order than asyncio's, where a loop was told one.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "loop.h"

/** Of the batch's handles that have not run yet, brings the one to the head of the queue that runs next. */
void schedule_choose(Loop *loop, size_t batch);

#endif
