/*
 * edits.h — tells when the file of a program was saved, or one that belongs to it.
 *
 * The folder is watched, not the file: many an editor writes a new file and gives it the old one's name.
 */
#ifndef VIZ_EDITS_H
#define VIZ_EDITS_H

#include <stdbool.h>

typedef struct Edits Edits;

/** @return NULL when out of means */
Edits *edits_new(void);
void edits_free(Edits *edits);
/** Watches for changes of this file, and of those beside it that belong to it (edits_matters()); NULL: of
 * none. The same again changes nothing. */
void edits_follow(Edits *edits, const char *path);
/** To poll: it can be read when something in the folder has changed. */
int edits_descriptor(const Edits *edits);
/** Takes in what has happened. @return true when something that matters was saved */
bool edits_take(Edits *edits);

/**
 * Does a change of the file `name` matter to the program in the file `program`, beside it? Itself, the same
 * name with another ending (my.c, my.py, my.json), headers; for a Python program all modules, for a lesson
 * its variants.
 */
bool edits_matters(const char *program, const char *name);

#endif
