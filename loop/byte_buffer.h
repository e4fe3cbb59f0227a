/*
 * byte_buffer.h — bytes that come in at one end and go out at the other.
 */
#ifndef BYTE_BUFFER_H
#define BYTE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ByteBuffer {
    char *bytes;
    size_t start, size; /* what is in it */
    size_t room;
} ByteBuffer;

static inline const char *byte_buffer_first(const ByteBuffer *buffer)
{
    return buffer->bytes + buffer->start;
}

/** @return false when out of memory: then nothing was added */
bool byte_buffer_append(ByteBuffer *buffer, const void *bytes, size_t size);
/** Drops the first bytes. */
void byte_buffer_drop(ByteBuffer *buffer, size_t size);
/** Empties it, and gives its memory back. */
void byte_buffer_free(ByteBuffer *buffer);

#endif
