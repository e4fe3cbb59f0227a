/*
 * sight.h — what of a rectangle is in sight: a clip hides what is drawn, but a hot knows no clip.
 */
#ifndef VIZ_SIGHT_H
#define VIZ_SIGHT_H

#include "draw.h"

/** Cuts all hots from number `first` on to what of them lies in r. */
static inline void hots_in_sight(DrawList *list, size_t first, Rect r)
{
    for (size_t k = first; k < list->hot_count; k++)
        list->hots[k].r = rect_common(list->hots[k].r, r);
}

#endif
