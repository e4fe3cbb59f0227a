/*
 * trace_format.h — a line of JSON under construction: integers, ids, strings and bytes, formatted by hand
 * because an event line is written for every decision of the scheduler, and snprintf alone would cost five
 * times as much.
 *
 * What is built is known by a cursor, a plain value that the compiler keeps in registers: each function takes
 * one and gives the next. Behind it there are always LINE_ROOM bytes, enough for all the pieces of a fixed
 * length that one line has; only what can be longer asks for more.
 */
#ifndef TRACE_FORMAT_H
#define TRACE_FORMAT_H

#include "memory.h"

#include <string.h>

enum { LINE_ROOM = 1024 };

/** Where a line is built, again and again. */
typedef struct Line {
    char *text, *end;
    bool failed; /* out of memory: the line is not to be written */
} Line;

/** Makes a line ready for its first piece, and the next line again. @return false when out of memory */
bool line_open(Line *line);
void line_free(Line *line);

typedef struct Cursor {
    char *at;
    Line *line;
} Cursor;

/** Moves the line to where there is more room. Out of memory: `failed`, and the room is what it was. */
Cursor cursor_grow(Cursor cursor, size_t size);

/** Room for size bytes more, and LINE_ROOM behind them. */
static inline Cursor cursor_room(Cursor cursor, size_t size)
{
    return LIKELY((size_t)(cursor.line->end - cursor.at) >= size + LINE_ROOM) ? cursor
                                                                              : cursor_grow(cursor, size);
}

/** A piece of a fixed length. */
static inline Cursor put_bytes(Cursor cursor, const char *bytes, size_t length)
{
    memcpy(cursor.at, bytes, length);
    cursor.at += length;
    return cursor;
}

/** A piece of any length, as it is. */
static inline Cursor put_text(Cursor cursor, const char *text, size_t length)
{
    cursor = cursor_room(cursor, length);
    return UNLIKELY(cursor.line->failed) ? cursor : put_bytes(cursor, text, length);
}

/** A piece known at compile time. */
#define put_literal(cursor, literal) put_bytes((cursor), "" literal, sizeof(literal) - 1)

/** The digits of a number, of 64 bits. */
char *put_digits(char *at, uint64_t number);

static inline Cursor put_integer(Cursor cursor, int64_t number)
{
    if (UNLIKELY(number < 0))
        *cursor.at++ = '-';
    cursor.at = put_digits(cursor.at, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
    return cursor;
}

/** "t3", in quotes */
static inline Cursor put_id(Cursor cursor, char letter, uint32_t number)
{
    *cursor.at++ = '"';
    *cursor.at++ = letter;
    cursor.at = put_digits(cursor.at, number);
    *cursor.at++ = '"';
    return cursor;
}

/** A JSON string in quotes, of any length; bytes that are not UTF-8 become U+FFFD. */
Cursor put_string(Cursor cursor, const char *text, size_t length);
/** Any bytes as a JSON string in quotes, in base64. */
Cursor put_base64(Cursor cursor, const void *data, size_t size);

#endif
