/*
 * cache.h — where what is built from anyone's own programs is kept: never beside the source.
 *
 * $XDG_CACHE_HOME/loopglass, or ~/.cache/loopglass. An entry is named by a hash of all that it is made from,
 * so it is never stale; what was not used for a month goes.
 */
#ifndef CACHE_H
#define CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Goes on with a hash over more bytes (FNV-1a); it begins with CACHE_HASH. */
#define CACHE_HASH UINT64_C(0xcbf29ce484222325)
uint64_t cache_hash(uint64_t hash, const void *bytes, size_t size);

/**
 * The folder, made if need be, and what is old in it taken away. Where it cannot be written, a temporary one,
 * which cache_close() takes away. Complains.
 * @return borrowed; NULL when there is no place at all
 */
const char *cache_folder(void);
/** Is it a temporary one? */
bool cache_is_temporary(void);
void cache_close(void);

/** "FOLDER/HASHSUFFIX". @return yours to free; NULL when out of memory */
char *cache_path(uint64_t hash, const char *suffix);
/** Does it exist? Then it counts as used now. */
bool cache_has(const char *path);
/** Writes a file under a temporary name and renames it. @return false with errno */
bool cache_write(const char *path, const void *bytes, size_t size);

#endif
