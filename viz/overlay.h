/*
 * overlay.h — what lies over the picture for a moment: a tooltip, a notice.
 */
#ifndef VIZ_OVERLAY_H
#define VIZ_OVERLAY_H

#include "draw.h"
#include "view.h"

/** A tooltip for what is at `about`, near the mouse and inside the window. */
void overlay_tip(DrawList *list, const View *view, Rect about, const char *text);
/** A notice in the middle of the lower part. */
void overlay_notice(DrawList *list, const View *view, const char *text);

#endif
