/*
 * folder.h — the lessons' folders, as CMake found them and made them part of the program.
 *
 * A folder "06-async-await" is the lesson number 6 named "async-await". Its programs are lesson.c and the
 * variants beside it; each has a listing of the same name in Python.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include "program.h"

#include <cjson/cJSON.h>

/** The folder after this one; NULL asks for the first and comes back after the last. */
const char *folder_next(const char *folder);
const char *folder_name(const char *folder);
int folder_number(const char *folder);

/** By folder, name or number. @return NULL when there is none */
const char *folder_find(const char *word);
/** The lesson whose name is most like the word; NULL when none is like it. */
const char *folder_nearest(const char *word);

/** The lesson's program, or that of a variant. @return NULL when there is no such variant */
const LessonProgram *folder_program(const char *folder, const char *variant);
/** The variants one after the other, as with folder_next(). */
const LessonProgram *folder_next_variant(const char *folder, const LessonProgram *variant);

/** The text of a file in the folder, or NULL. */
const char *folder_text(const char *folder, const char *file);
/** lesson.json. Complains. @return yours to delete; NULL when it cannot be read */
cJSON *folder_json(const char *folder);

#endif
