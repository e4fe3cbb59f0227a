/*
 * folder.h — the lessons' folders: ours, which CMake has made part of the program, and behind them one's own
 * (shelf.h).
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
/** Ours as their folders have it; one's own count from 101. */
int folder_number(const char *folder);

/** By folder, name or number; one's own come first, and are found by their path too. @return NULL when there
 * is none */
const char *folder_find(const char *word);
/** The lesson whose name is most like the word; NULL when none is like it. */
const char *folder_nearest(const char *word);

/** The lesson's program, or that of a variant. @return NULL when there is no such variant */
const LessonProgram *folder_program(const char *folder, const char *variant);
/** The variants one after the other, as with folder_next(). */
const LessonProgram *folder_next_variant(const char *folder, const LessonProgram *variant);

/** The text of a file in the folder, or NULL. */
const char *folder_text(const char *folder, const char *file);
/** lesson.json; where one's own lacks title or group, with one. Complains. @return yours to delete; NULL when
 * it cannot be read */
cJSON *folder_json(const char *folder);
/** Gives a lesson of one's own a title and a group where it has none. @return false when out of memory */
bool folder_fill_in(cJSON *json, const char *folder);
/** The texts go. */
void folder_free(void);

#endif
