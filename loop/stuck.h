/*
 * stuck.h — who waits on what when nothing can ever wake the loop.
 */
#ifndef STUCK_H
#define STUCK_H

#include "scheduler.h"

/** "nothing can ever wake the loop: Task-1 (main) waits on future f1", as long-lived as text_format()'s. */
const char *stuck_message(const Loop *loop);

#endif
