/*
 * overlay.h — what lies over the picture for a moment: a tooltip, a notice.
 */
#ifndef VIZ_OVERLAY_H
#define VIZ_OVERLAY_H

#include "draw.h"
#include "view.h"

/** A tooltip for what is at `about`, inside the window and above it if there is room: what a control changes
 * lies below it. */
void overlay_tip(DrawList *list, const View *view, Rect about, const char *text);
/** The part of a strip, from x to the mouse, that a drag will zoom to. */
void overlay_range(DrawList *list, const View *view, Rect strip, int x);
/** A notice in the middle of the lower part. */
void overlay_notice(DrawList *list, const View *view, const char *text);

#endif
