/*
 * transport.h — a connected socket in a loop: asyncio's _SelectorSocketTransport.
 *
 * It sends what it is given and tells a stream what comes in; of lines and waiting tasks it knows nothing.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "address.h"
#include "byte_buffer.h"
#include "handle.h"

typedef struct Stream Stream;

typedef struct Transport {
    int fd;             /* -1: none yet, or closed */
    bool closing;       /* close() was called */
    bool lost;          /* the connection is; told, or about to be */
    bool paused;        /* reading is */
    bool ended;         /* by write_eof() */
    bool stream_paused; /* the stream was told that the buffer is full */
    size_t high, low;   /* water marks of the buffer */
    ByteBuffer buffer;  /* what is not sent yet */
    Value error;        /* that the connection was lost by */
    Handle *losing;     /* made beforehand: closing needs no memory */
    Address own, peer;  /* also after the connection */
} Transport;

/**
 * Takes a connected socket over: in the next iteration the stream is told, reading begins, and `waiter` is
 * done.
 * @param server whose client it is; NULL: none
 * @return NONE; MemoryError: then the socket is still the caller's
 */
Value transport_start(Stream *stream, int fd, Future *waiter);
/** As writer_write_bytes(). */
Value transport_write(Stream *stream, const void *bytes, size_t size);
Value transport_write_eof(Stream *stream);
void transport_close(Stream *stream);
/** Closes at once. @param error NONE, or what the stream is told */
void transport_abort(Stream *stream, Value error);
void transport_pause_reading(Stream *stream);
void transport_resume_reading(Stream *stream);
/** The stream goes: closes the socket if it is open, and gives back all memory. */
void transport_free(Stream *stream);

#endif
