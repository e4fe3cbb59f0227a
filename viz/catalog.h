/*
 * catalog.h — the list of lessons, asked of looprun.
 */
#ifndef VIZ_CATALOG_H
#define VIZ_CATALOG_H

#include "scene.h"

/** Reads what `looprun --list --json` prints. On failure the catalog is empty and `problem` says why. */
void catalog_parse(Catalog *catalog, const char *json, size_t length);
/** Asks looprun, which answers at once. */
void catalog_load(Catalog *catalog);
void catalog_free(Catalog *catalog);
/** What opens it: its name, or for one's own the folder. */
const char *catalog_source(const LessonEntry *entry);
/** The number of a lesson by its folder or name; -1 when there is none. */
long catalog_find(const Catalog *catalog, const char *name);

#endif
