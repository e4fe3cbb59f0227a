/*
 * waiting_parts.h — what the pieces of the waiting panel share: rows (scene_waiting.c), and what is in a row
 * (waiting_detail.c).
 */
#ifndef VIZ_WAITING_PARTS_H
#define VIZ_WAITING_PARTS_H

#include "scene_parts.h"

/** What a task waits for, and until when. @param column up to where a mere timer goes, as in other rows */
void waiting_detail(DrawList *list, const Scene *scene, Rect r, int column, const TaskState *task);
/** A timer set at `from`: when it is due, a bar that runs out, and how long it still takes. @return the x
 * behind */
int waiting_timer(DrawList *list, const Scene *scene, Rect r, int64_t from, int64_t when);

#endif
