/*
 * list_parts.h — what the pieces of the list of lessons share.
 */
#ifndef VIZ_LIST_PARTS_H
#define VIZ_LIST_PARTS_H

#include "rich.h"
#include "scene_parts.h"
#include "timeline_parts.h"

/** Title, subtitle, and how to read the pictures where r is high enough (list_hero.c). */
void list_hero(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r);
/** How high its words are at a width. */
int list_hero_height(DrawList *list, const Scene *scene, const Catalog *catalog, int w);
/** The hero and the groups in their columns, inside r (list_groups.c). */
void list_groups(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r);
/** One lesson in its group, filling r (list_row.c). */
void list_row(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r);

#endif
