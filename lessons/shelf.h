/*
 * shelf.h — lessons of one's own: folders on the disk, with the same files in them as ours have.
 *
 * They are looked for in the folders that --lessons and LOOPGLASS_LESSONS name (a list, parted by colons);
 * such a folder may also be a lesson itself. A lesson is told apart from ours by its folder, which is a path
 * that begins with a slash.
 */
#ifndef SHELF_H
#define SHELF_H

#include "program.h"

/** Looks through the folders of a list. Complains of what cannot be read, and goes on. @return false then */
bool shelf_add(const char *list);
/** Takes a lesson by its path. @return its folder; NULL: there is no lesson there */
const char *shelf_add_lesson(const char *path);
/** All programs that were found, sorted by folder, as lesson_programs; the last has no folder. */
const LessonProgram *shelf_programs(void);
void shelf_free(void);

/** Is it a folder of one's own? */
bool shelf_has(const char *folder);
/** A path as it is shown: from here, where it is below. */
const char *shelf_shown(const char *path);

#endif
