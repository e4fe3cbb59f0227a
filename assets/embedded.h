/*
 * embedded.h — files that CMake's embed() has made part of the program, by their path from the project's top.
 */
#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>
#include <string.h>

typedef struct Embedded {
    const char *name;
    const char *data; /* a zero byte stands behind it */
    size_t size;
} Embedded;

extern const Embedded embedded_files[];
extern const size_t embedded_count;

/** @return NULL when there is none of that name */
static inline const Embedded *embedded_find(const char *name)
{
    for (size_t k = 0; k < embedded_count; k++)
        if (strcmp(embedded_files[k].name, name) == 0)
            return &embedded_files[k];
    return NULL;
}

#endif
