/*
 * byte_buffer.c — bytes in, bytes out. What is left is moved to the front only when room is needed, and then
 * there was at least as much dropped as is moved: so each byte is moved but a few times.
 */
#include "byte_buffer.h"

#include "memory.h"

#include <string.h>

enum { FIRST_ROOM = 1024 };

bool byte_buffer_append(ByteBuffer *buffer, const void *bytes, size_t size)
{
    if (!size)
        return true;
    if (buffer->room - buffer->start - buffer->size < size) {
        size_t room = buffer->room ? buffer->room : FIRST_ROOM;
        while (room - buffer->size < size || (room == buffer->room && buffer->start < buffer->size))
            room *= 2;
        char *moved = room == buffer->room ? buffer->bytes : memory_allocate(room);
        if (!moved)
            return false;
        if (buffer->size)
            memmove(moved, byte_buffer_first(buffer), buffer->size);
        if (moved != buffer->bytes)
            memory_free(buffer->bytes);
        buffer->bytes = moved;
        buffer->room = room;
        buffer->start = 0;
    }
    memcpy(buffer->bytes + buffer->start + buffer->size, bytes, size);
    buffer->size += size;
    return true;
}

void byte_buffer_drop(ByteBuffer *buffer, size_t size)
{
    buffer->start += size;
    buffer->size -= size;
    if (!buffer->size)
        buffer->start = 0;
}

void byte_buffer_free(ByteBuffer *buffer)
{
    memory_free(buffer->bytes);
    *buffer = (ByteBuffer){0};
}
