/*
 * value.h — values, from the inside: bytes, lists, and how the library itself writes values down.
 */
#ifndef VALUE_H
#define VALUE_H

#include "loop.h"

/** What VALUE_BYTES points to, with a 0 behind the last; whoever makes one says how long it lives. */
typedef struct ValueBytes {
    size_t size;
    char data[];
} ValueBytes;

static inline Value value_of_bytes(const ValueBytes *bytes)
{
    return (Value){.kind = VALUE_BYTES, .bytes = bytes};
}

/** What a VALUE_LIST points to; whoever makes one says how long it lives. */
typedef struct ValueList {
    size_t count;
    Value items[];
} ValueList;

static inline Value value_of_list(const ValueList *list)
{
    return (Value){.kind = VALUE_LIST, .list = list};
}

/**
 * A copy, field by field. A whole value that was written a moment ago, field by field, cannot be read as a
 * whole before it has arrived in the cache: on the way of a step that would be most of its time.
 */
static inline __attribute__((always_inline)) Value value_copy(const Value *value)
{
    return (Value){.kind = value->kind, .integer = value->integer, .message = value->message};
}

/** The whole of it, as text that lives as text_format()'s. */
const char *value_repr_text(Value value);
/** As value_repr(), but an exception as in a traceback's last line: "ValueError: message". */
size_t value_describe(Value value, char *buffer, size_t size);

#endif
