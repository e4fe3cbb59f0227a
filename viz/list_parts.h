/*
 * list_parts.h — what the pieces of the list of lessons share.
 */
#ifndef VIZ_LIST_PARTS_H
#define VIZ_LIST_PARTS_H

#include "rich.h"
#include "scene_parts.h"
#include "timeline_parts.h"

/** The groups in their columns, inside r (list_groups.c). */
void list_groups(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r);
/** One lesson in its group: `h` px high (list_row.c). */
void list_row(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r);

#endif
