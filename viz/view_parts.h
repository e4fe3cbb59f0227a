/*
 * view_parts.h — what the files of the view are to each other. Only view*.c includes it.
 */
#ifndef VIZ_VIEW_PARTS_H
#define VIZ_VIEW_PARTS_H

#include "view.h"

/** The actions under "time" in view.h, as view_do(). */
bool view_do_time(View *view, const History *history, const Beats *beats, Action action, int64_t argument);
/** The actions under "timeline" in view.h, as view_do(). */
bool view_do_timeline(View *view, const History *history, Action action, int64_t argument);
/** Moves the visible columns so far that the playhead stands in them, with some of what is to come. */
void view_follow(View *view, const History *history);

#endif
