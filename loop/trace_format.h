/*
 * trace_format.h — a line of JSON under construction: integers, ids, strings and bytes, formatted by hand
 * because an event line is written for every decision of the scheduler, and snprintf alone would cost five
 * times as much.
 */
#ifndef TRACE_FORMAT_H
#define TRACE_FORMAT_H

#include "memory.h"

#include <string.h>

typedef struct Line {
    char *text;
    size_t length, capacity;
    bool failed; /* out of memory: what follows is not written */
} Line;

bool line_grow(Line *line, size_t size);
void line_free(Line *line);

/** Makes room for size more bytes. @return false when out of memory */
static inline bool line_reserve(Line *line, size_t size)
{
    return LIKELY(line->capacity - line->length >= size) || line_grow(line, size);
}

static inline void line_bytes(Line *line, const char *bytes, size_t length)
{
    if (!line_reserve(line, length))
        return;
    memcpy(line->text + line->length, bytes, length);
    line->length += length;
}

/** A piece known at compile time. */
#define line_literal(line, literal) line_bytes((line), "" literal, sizeof(literal) - 1)

void line_integer(Line *line, int64_t number);
/** "t3", in quotes */
void line_id(Line *line, char letter, uint32_t number);
/** A JSON string in quotes; bytes that are not UTF-8 become U+FFFD. */
void line_string(Line *line, const char *text, size_t length);
/** Any bytes as a JSON string in quotes, in base64. */
void line_base64(Line *line, const void *data, size_t size);

#endif
