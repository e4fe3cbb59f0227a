/*
 * tween.h — motion: between the display list that was and the one that is.
 *
 * Only groups move (draw.h), eased, in at most 300 ms; the old place stays as a ghost until they arrive. What
 * has no old place fades in. The next key ends a motion at once: it starts again from where things are.
 */
#ifndef VIZ_TWEEN_H
#define VIZ_TWEEN_H

#include "draw.h"

typedef struct Tween Tween;

Tween *tween_new(void);
void tween_free(Tween *tween);
/** From now on `next` is where things are going. */
void tween_start(Tween *tween, const DrawList *next);
/** Nothing moves any more; `next` is shown as it is. */
void tween_skip(Tween *tween, const DrawList *next);
/** Is this where things are going already? */
bool tween_shows(const Tween *tween, const DrawList *list);
/** Fills `out` with the picture `seconds` after the start. @return true while something still moves */
bool tween_at(Tween *tween, double seconds, DrawList *out);

#endif
