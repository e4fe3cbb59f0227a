/*
 * transport.c — a connected socket in a loop.
 *
 * Reading is on from the iteration after connection_made until it is paused, closed or at its end. Writing
 * sends at once what the socket takes; only for what is left does it watch the descriptor, until that is
 * sent.
 */
#include "transport.h"

#include "os_error.h"
#include "scheduler.h"
#include "server.h"
#include "stream.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HIGH_WATER = 64 * 1024, LOW_WATER = HIGH_WATER / 4, MOST_RECEIVED = 256 * 1024 };

static bool would_block(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/* ---------------------------------------------------------------------------------------------- the end */

/* The last thing that happens to a connection. */
static void lose(Stream *stream, Value error)
{
    Transport *transport = &stream->transport;
    stream->shared.references++;
    transport->lost = true;
    stream_connection_lost(stream, error);
    watch_claim(stream->loop, transport->fd, false);
    close(transport->fd);
    transport->fd = -1;
    Server *server = stream->server;
    stream->server = NULL;
    if (server)
        server_detach(server);
    stream_release(stream);
}

static void call_connection_lost(void *context)
{
    Stream *stream = context;
    lose(stream, stream->transport.error);
}

/* Queues that last thing. The handle has the stream from now on. */
static void begin_to_lose(Stream *stream, Value error)
{
    Transport *transport = &stream->transport;
    Handle *handle = transport->losing;
    transport->losing = NULL;
    transport->lost = true;
    transport->error = error;
    if (stream->loop->closed) { /* nobody will be called any more */
        handle_release(handle);
        lose(stream, error);
        return;
    }
    handle->shares = true;
    stream->shared.references++;
    loop_enqueue(stream->loop, handle, BY_SOON);
}

void transport_close(Stream *stream)
{
    Transport *transport = &stream->transport;
    if (transport->closing || transport->fd < 0)
        return;
    transport->closing = true;
    stream->shared.references++;
    watch_remove(stream->loop, transport->fd, POLLER_READ);
    if (!transport->buffer.size || stream->loop->closed)
        begin_to_lose(stream, NONE);
    stream_release(stream);
}

void transport_abort(Stream *stream, Value error)
{
    Transport *transport = &stream->transport;
    if (transport->lost || transport->fd < 0)
        return;
    stream->shared.references++;
    byte_buffer_free(&transport->buffer);
    watch_remove(stream->loop, transport->fd, POLLER_WRITE);
    watch_remove(stream->loop, transport->fd, POLLER_READ);
    transport->closing = true;
    begin_to_lose(stream, error);
    stream_release(stream);
}

void transport_free(Stream *stream)
{
    Transport *transport = &stream->transport;
    handle_release(transport->losing);
    byte_buffer_free(&transport->buffer);
    if (transport->fd < 0)
        return;
    watch_claim(stream->loop, transport->fd, false);
    close(transport->fd);
}

/* --------------------------------------------------------------------------------------------- reading */

/* All connections receive into the same memory, and only what came is kept. */
static char *receiving_room(Loop *loop)
{
    if (!loop->receive)
        loop->receive = memory_allocate(MOST_RECEIVED);
    return loop->receive;
}

static void receive(Stream *stream)
{
    static const char no_memory[] = "no memory for what was received";
    Transport *transport = &stream->transport;
    if (transport->lost)
        return;
    char *room = receiving_room(stream->loop);
    if (!room) {
        transport_abort(stream, value_exception(&MemoryError, no_memory));
        return;
    }
    ssize_t size = recv(transport->fd, room, MOST_RECEIVED, 0);
    if (size < 0) {
        if (!would_block(errno))
            transport_abort(stream, value_os_error(errno, NULL));
    } else if (size == 0) {
        stream_eof_received(stream);
        watch_remove(stream->loop, transport->fd, POLLER_READ); /* writing may go on */
    } else if (!stream_data_received(stream, room, (size_t)size)) {
        transport_abort(stream, value_exception(&MemoryError, no_memory));
    }
}

/* The handle's reference goes when it is removed, in the middle of this. */
static void read_ready(void *context)
{
    Stream *stream = context;
    stream->shared.references++;
    receive(stream);
    stream_release(stream);
}

static void add_reader(void *context)
{
    Stream *stream = context;
    Transport *transport = &stream->transport;
    if (transport->closing || transport->paused)
        return;
    Value outcome = watch_add(stream->loop, transport->fd, POLLER_READ,
                              "_SelectorSocketTransport._read_ready", read_ready, stream, &stream->shared);
    if (value_failed(outcome))
        transport_abort(stream, outcome);
    else
        watch_claim(stream->loop, transport->fd, true);
}

void transport_pause_reading(Stream *stream)
{
    Transport *transport = &stream->transport;
    if (transport->closing || transport->paused)
        return;
    transport->paused = true;
    watch_remove(stream->loop, transport->fd, POLLER_READ);
}

void transport_resume_reading(Stream *stream)
{
    Transport *transport = &stream->transport;
    if (transport->closing || !transport->paused)
        return;
    transport->paused = false;
    add_reader(stream);
}

/* --------------------------------------------------------------------------------------------- writing */

static void pause_if_full(Stream *stream)
{
    Transport *transport = &stream->transport;
    if (transport->stream_paused || transport->buffer.size <= transport->high)
        return;
    transport->stream_paused = true;
    stream_pause_writing(stream);
}

static void resume_if_low(Stream *stream)
{
    Transport *transport = &stream->transport;
    if (!transport->stream_paused || transport->buffer.size > transport->low)
        return;
    transport->stream_paused = false;
    stream_resume_writing(stream);
}

/* A connection whose other end is gone gives an error, not SIGPIPE. */
static ssize_t send_some(const Transport *transport, const void *bytes, size_t size)
{
    ssize_t sent = send(transport->fd, bytes, size, MSG_NOSIGNAL);
    return sent < 0 && would_block(errno) ? 0 : sent;
}

static void send_more(Stream *stream)
{
    Transport *transport = &stream->transport;
    if (transport->lost)
        return;
    ssize_t sent = send_some(transport, byte_buffer_first(&transport->buffer), transport->buffer.size);
    if (sent < 0) {
        transport_abort(stream, value_os_error(errno, NULL));
        return;
    }
    byte_buffer_drop(&transport->buffer, (size_t)sent);
    resume_if_low(stream);
    if (transport->buffer.size)
        return;
    byte_buffer_free(&transport->buffer);
    watch_remove(stream->loop, transport->fd, POLLER_WRITE);
    if (transport->closing)
        lose(stream, NONE);
    else if (transport->ended)
        shutdown(transport->fd, SHUT_WR);
}

static void write_ready(void *context)
{
    Stream *stream = context;
    stream->shared.references++;
    send_more(stream);
    stream_release(stream);
}

/* Some of it may be sent already: a connection that loses bytes in the middle is of no use to anybody. */
static Value give_up(Stream *stream, Value error)
{
    transport_abort(stream, error);
    return error;
}

Value transport_write(Stream *stream, const void *bytes, size_t size)
{
    Transport *transport = &stream->transport;
    if (transport->ended)
        return value_exception(&RuntimeError, "Cannot call write() after write_eof()");
    if (!size || transport->lost || transport->fd < 0)
        return NONE;
    bool first = !transport->buffer.size;
    if (first) {
        ssize_t sent = send_some(transport, bytes, size);
        if (sent < 0) {
            transport_abort(stream, value_os_error(errno, NULL));
            return NONE; /* drain() tells */
        }
        if ((size_t)sent == size)
            return NONE;
        bytes = (const char *)bytes + sent;
        size -= (size_t)sent;
    }
    if (!byte_buffer_append(&transport->buffer, bytes, size))
        return give_up(stream, value_exception(&MemoryError, "no memory for what is to be sent"));
    if (first) {
        Value outcome =
            watch_add(stream->loop, transport->fd, POLLER_WRITE, "_SelectorSocketTransport._write_ready",
                      write_ready, stream, &stream->shared);
        if (value_failed(outcome))
            return give_up(stream, outcome);
        watch_claim(stream->loop, transport->fd, true);
    }
    pause_if_full(stream);
    return NONE;
}

Value transport_write_eof(Stream *stream)
{
    Transport *transport = &stream->transport;
    if (transport->closing || transport->ended)
        return NONE;
    transport->ended = true;
    if (!transport->buffer.size && shutdown(transport->fd, SHUT_WR) < 0)
        return value_os_error(errno, NULL);
    return NONE;
}

/* ----------------------------------------------------------------------------------------------- begin */

static Handle *make(Stream *stream, const char *name, HandleFunction function)
{
    Handle *handle = handle_new(stream->loop, HANDLE_CALL, name);
    if (handle) {
        handle->call = function;
        handle->context = stream;
    }
    return handle;
}

static void enqueue(Stream *stream, Handle *handle)
{
    handle->shares = true;
    stream->shared.references++;
    loop_enqueue(stream->loop, handle, BY_SOON);
}

static void ask(int fd, int (*question)(int, struct sockaddr *, socklen_t *), Address *address)
{
    *address = (Address){.size = sizeof address->storage};
    if (question(fd, (struct sockaddr *)&address->storage, &address->size) < 0)
        *address = (Address){0};
}

Value transport_start(Stream *stream, int fd, Future *waiter)
{
    Transport *transport = &stream->transport;
    Handle *losing = make(stream, "_SelectorSocketTransport._call_connection_lost", call_connection_lost);
    Handle *made = make(stream, "StreamReaderProtocol.connection_made", stream_connection_made);
    Handle *reading = make(stream, "_SelectorTransport._add_reader", add_reader);
    Handle *waking = handle_new(stream->loop, HANDLE_SET_PREPARED, "_set_result_unless_cancelled");
    if (!losing || !made || !reading || !waking) {
        handle_release(losing);
        handle_release(made);
        handle_release(reading);
        handle_release(waking);
        return value_exception(&MemoryError, "no memory for a connection");
    }
    int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); /* of no other socket: then it fails */
    ask(fd, getsockname, &transport->own);
    ask(fd, getpeername, &transport->peer);
    transport->fd = fd;
    transport->losing = losing;
    transport->high = HIGH_WATER;
    transport->low = LOW_WATER;
    waking->future = future_keep(waiter);
    enqueue(stream, made);
    enqueue(stream, reading);
    loop_enqueue(stream->loop, waking, BY_SOON);
    return NONE;
}
