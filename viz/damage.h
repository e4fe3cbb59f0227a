/*
 * damage.h — which parts of the screen a new picture changes.
 *
 * A step changes a card, a sentence and the playhead; most of the picture stays. What stays is not painted
 * again.
 */
#ifndef VIZ_DAMAGE_H
#define VIZ_DAMAGE_H

#include "draw.h"

enum { DAMAGE_MOST = 24 /* rectangles */ };

typedef struct Damage Damage;

/** @return NULL when out of memory */
Damage *damage_new(void);
void damage_free(Damage *damage);
/**
 * Compares the list with the one of the last call, for a window of that size.
 * @param look what else changes every pixel, as the theme does
 * @return how many rectangles, not overlapping, hold all that differs; the whole window at the first call, at
 * another size or look, and when memory is out
 */
size_t damage_find(Damage *damage, const DrawList *list, int look, int width, int height,
                   Rect rects[DAMAGE_MOST]);

#endif
