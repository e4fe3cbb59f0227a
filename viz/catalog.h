/*
 * catalog.h — the list of lessons, asked of looprun.
 */
#ifndef VIZ_CATALOG_H
#define VIZ_CATALOG_H

#include "scene.h"

/** Reads what `looprun --list --json` prints. On failure the catalog is empty and `problem` says why. */
void catalog_parse(Catalog *catalog, const char *json, size_t length);
void catalog_load(Catalog *catalog);
void catalog_free(Catalog *catalog);

#endif
