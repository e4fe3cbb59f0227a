/*
 * sight.h — what of a rectangle is in sight: a clip hides what is drawn, but a hot knows no clip.
 */
#ifndef VIZ_SIGHT_H
#define VIZ_SIGHT_H

#include "draw.h"

/** What two rectangles share; empty when they share nothing. */
static inline Rect rect_common(Rect a, Rect b)
{
    int left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return rect(left, top, right > left ? right - left : 0, bottom > top ? bottom - top : 0);
}

/** Cuts all hots from number `first` on to what of them lies in r. */
static inline void hots_in_sight(DrawList *list, size_t first, Rect r)
{
    for (size_t k = first; k < list->hot_count; k++)
        list->hots[k].r = rect_common(list->hots[k].r, r);
}

#endif
