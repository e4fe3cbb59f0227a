/*
 * stream.h — one connection: its socket, and the two sides of it that a program sees.
 *
 *     socket ◄──► transport ──► data_received, eof ──► reader ──► await_reader_readline()
 *                     ▲   └───► pause, resume ──────► writer ──► await_writer_drain()
 *                     └─────────── write, close ───────── ┘
 *
 * asyncio has an object for each of these, and one more (the protocol) between them. Here they are one
 * record, counted as a whole: by what the program holds, by handles that are to be called, by tasks that
 * wait.
 */
#ifndef STREAM_H
#define STREAM_H

#include "frame.h"
#include "transport.h"
#include "value.h"

struct StreamReader {
    ByteBuffer buffer;
    size_t limit;
    bool ended;        /* nothing more will come */
    bool paused;       /* it has too much, and has said so to the transport */
    bool released;     /* by the program: what comes is dropped */
    Value error;       /* that ended the connection */
    Future *waiter;    /* of the one task that waits for data; a reference */
    ValueBytes *chunk; /* what the last read gave */
    size_t room;       /* of the chunk */
    size_t consumed;
};

/** A task in drain(). Lies on its stack. */
typedef struct Drain {
    struct Drain *next;
    Future *future;
} Drain;

struct StreamWriter {
    uint32_t references;
    bool paused;        /* the transport has too much */
    bool lost;          /* the connection is */
    Drain *first_drain; /* in the order in which they came */
};

struct Stream {
    Shared shared; /* first */
    Loop *loop;
    Transport transport;
    StreamReader reader;
    StreamWriter writer;
    Future *closed; /* done when the connection is closed */
    Server *server; /* whose client it is; a reference, while the connection is not lost */
    /* Of a client: what is to be done for it. */
    const char *name;
    ClientFunction client;
    void *context;
    Guard guard;
};

static inline Stream *stream_of_reader(const StreamReader *reader)
{
    return (Stream *)(void *)((char *)reader - offsetof(Stream, reader));
}
static inline Stream *stream_of_writer(const StreamWriter *writer)
{
    return (Stream *)(void *)((char *)writer - offsetof(Stream, writer));
}

/** asyncio's StreamReader and StreamReaderProtocol. @return one reference; NULL when out of memory */
Stream *stream_new(Loop *loop, size_t limit);
void stream_release(Stream *stream);
/** stream_release(), for a Guard. */
void stream_give_back(void *stream);
/** asyncio's StreamWriter. It gets the stream's reference; the reader gets one of its own. */
void stream_make_writer(Stream *stream);

/* What the transport tells. */
void stream_connection_made(void *context);
/** @return false when out of memory */
bool stream_data_received(Stream *stream, const char *bytes, size_t size);
void stream_eof_received(Stream *stream);
void stream_pause_writing(Stream *stream);
void stream_resume_writing(Stream *stream);
/** @param error NONE: it was closed */
void stream_connection_lost(Stream *stream, Value error);

/** The reader's part of these. */
bool reader_feed(StreamReader *reader, const char *bytes, size_t size);
void reader_feed_eof(StreamReader *reader);
void reader_set_exception(StreamReader *reader, Value error);
void reader_free(StreamReader *reader);

#endif
