/*
 * ends.h — how a text ends: a callback's name without its module, a file's kind.
 */
#ifndef VIZ_ENDS_H
#define VIZ_ENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/** NULL ends with nothing but "". */
static inline bool ends_with(const char *text, const char *end)
{
    size_t length = text ? strlen(text) : 0, wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

#endif
