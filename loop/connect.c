/*
 * connect.c — open_connection: a host's addresses, a socket that connects to one of them, a stream on it.
 */
#include "connect.h"
#include "address.h"
#include "os_error.h"
#include "scheduler.h"
#include "stream.h"
#include "task.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

Value socket_open(const Address *address, int *fd)
{
    if (memory_must_fail())
        return value_exception(&MemoryError, "no memory for a socket");
    *fd = socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return *fd < 0 ? value_os_error(errno, NULL) : NONE;
}

/* ------------------------------------------------------------------------------------------ sock_connect */

typedef struct Connecting {
    Shared shared; /* first; counts the writer's handle, the callback, and the task */
    Loop *loop;
    int fd; /* -1: this is over, and the number may be another socket's */
    Future *future;
    Address address;
} Connecting;

static void destroy(Shared *shared)
{
    Connecting *connecting = (Connecting *)shared;
    future_release(connecting->future);
    memory_free(connecting);
}

static void release_connecting(void *context)
{
    Connecting *connecting = context;
    watch_remove(connecting->loop, connecting->fd, POLLER_WRITE);
    close(connecting->fd);
    connecting->fd = -1;
    shared_release(&connecting->shared);
}

/* The socket is connected, or it cannot be. */
static void connected(void *context)
{
    Connecting *connecting = context;
    int error = 0;
    socklen_t size = sizeof error;
    char text[ADDRESS_TEXT];
    if (future_done(connecting->future))
        return;
    if (getsockopt(connecting->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        error = errno;
    if (error)
        future_set_exception(connecting->future, os_error(error, "Connect call failed %s",
                                                          address_text(&connecting->address, text)));
    else
        future_set_result(connecting->future, NONE);
}

static void write_done(Future *future, void *context)
{
    (void)future;
    Connecting *connecting = context;
    watch_remove(connecting->loop, connecting->fd, POLLER_WRITE);
}

/* It connects in the background. */
static Value watch_connecting(Connecting *connecting)
{
    TRY(watch_add(connecting->loop, connecting->fd, POLLER_WRITE, "BaseSelectorEventLoop._sock_connect_cb",
                  connected, connecting, &connecting->shared));
    connecting->shared.references++;
    if (future_add_shared_callback(connecting->future, "BaseSelectorEventLoop._sock_write_done", write_done,
                                   &connecting->shared))
        return NONE;
    shared_release(&connecting->shared);
    return value_exception(&MemoryError, "no memory to connect");
}

static Value begin_to_connect(Connecting *connecting)
{
    const Address *address = &connecting->address;
    if (connect(connecting->fd, address_socket(address), address->size) == 0)
        future_set_result(connecting->future, NONE);
    else if (errno == EINPROGRESS || errno == EINTR || errno == EAGAIN)
        return watch_connecting(connecting);
    else
        future_set_exception(connecting->future, value_os_error(errno, NULL));
    return NONE;
}

/* A socket for one address. @return NONE; OSError: another address may do; what else: none will */
static Value connect_socket(Task *task, const Address *address, int *fd)
{
    Loop *loop = task->future.loop;
    TRY(socket_open(address, fd));
    Connecting *connecting = memory_allocate(sizeof *connecting);
    Future *future = connecting ? future_new(loop, "BaseSelectorEventLoop.sock_connect", NULL, 0) : NULL;
    if (!future) {
        memory_free(connecting);
        close(*fd);
        return value_exception(&MemoryError, "no memory to connect");
    }
    *connecting =
        (Connecting){.shared = {1, destroy}, .loop = loop, .fd = *fd, .future = future, .address = *address};
    Guard guard;
    guard_push(&guard, release_connecting, connecting);
    Value outcome = begin_to_connect(connecting);
    if (!value_failed(outcome) && future_done(future)) {
        outcome = future_result(future);
    } else if (!value_failed(outcome)) {
        Frame frame = {
            .function = "BaseSelectorEventLoop.sock_connect", .file = "loop/connect.c", .line = __LINE__};
        outcome = task_wait_in(&frame, task, future);
    }
    guard_pop(&guard);
    if (value_failed(outcome)) {
        release_connecting(connecting);
    } else {
        connecting->fd = -1;
        shared_release(&connecting->shared);
    }
    return outcome;
}

/* ------------------------------------------------------------------------------------- one address after the
 * other */

/* What is raised when no address would do: the one error, or all of them in one. */
static Value all_failed(const Value *errors, size_t count)
{
    bool same = true;
    for (size_t k = 1; k < count; k++)
        same = same && strcmp(errors[k].message, errors[0].message) == 0;
    if (same)
        return errors[0];
    const char *text = errors[0].message;
    for (size_t k = 1; k < count; k++)
        text = text_format("%s, %s", text, errors[k].message);
    return value_exception(&OSError, text_format("Multiple exceptions: %s", text));
}

static Value connect_to_one(Task *task, const Addresses *addresses, int *fd)
{
    *fd = -1;
    if (!addresses->count)
        return value_exception(&OSError, "getaddrinfo() returned empty list");
    Value *errors = memory_allocate(addresses->count * sizeof *errors);
    if (!errors)
        return value_exception(&MemoryError, "no memory to connect");
    Guard guard;
    guard_push(&guard, memory_free, errors);
    Value outcome = NONE;
    size_t failed = 0;
    for (; failed < addresses->count; failed++) {
        outcome = connect_socket(task, &addresses->items[failed], fd);
        if (!value_is_os_error(outcome))
            break;
        errors[failed] = outcome;
    }
    if (failed == addresses->count)
        outcome = all_failed(errors, failed);
    guard_pop(&guard);
    memory_free(errors);
    return outcome;
}

static Value connect_to_host(Task *task, const char *host, int port, int family, int *fd)
{
    Addresses *addresses;
    TRY(address_resolve(task, host, port, family, false, &addresses));
    Guard guard;
    guard_push(&guard, memory_free, addresses);
    Value outcome = connect_to_one(task, addresses, fd);
    guard_pop(&guard);
    memory_free(addresses);
    return outcome;
}

/* ------------------------------------------------------------------------------------------------ streams */

static void abandon(void *context)
{
    Stream *stream = context;
    transport_close(stream);
    stream_release(stream);
}

/* CPython's _create_connection_transport. @param fd is taken over */
static Value start_stream(Task *task, Stream *stream, int fd)
{
    Future *waiter = future_new(stream->loop, "BaseEventLoop._create_connection_transport", NULL, 0);
    Value outcome = waiter ? transport_start(stream, fd, waiter)
                           : value_exception(&MemoryError, "no memory for a connection");
    if (value_failed(outcome)) {
        future_release(waiter);
        close(fd);
        return outcome;
    }
    outcome = stream_wait(task, waiter, "BaseEventLoop._create_connection_transport");
    if (value_failed(outcome))
        transport_close(stream);
    return outcome;
}

/* The waiter is taken over. */
Value stream_wait(Task *task, Future *waiter, const char *name)
{
    Guard guard;
    guard_push(&guard, future_give_back, waiter);
    Frame frame = {.function = name, .file = "loop/connect.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, waiter);
    guard_pop(&guard);
    future_release(waiter);
    return outcome;
}

static Value open_stream(Task *task, const char *host, int port, const StreamOptions *options,
                         Stream **opened)
{
    Stream *stream = stream_new(task->future.loop, options->limit);
    if (!stream)
        return value_exception(&MemoryError, "no memory for a stream");
    Guard guard;
    guard_push(&guard, abandon, stream);
    int fd = -1;
    Value outcome = connect_to_host(task, host, port, options->family, &fd);
    if (!value_failed(outcome))
        outcome = start_stream(task, stream, fd);
    guard_pop(&guard);
    if (value_failed(outcome)) {
        abandon(stream);
        return outcome;
    }
    stream_make_writer(stream);
    *opened = stream;
    return NONE;
}

Value await_open_connection(const char *host, int port, const StreamOptions *options, StreamReader **reader,
                            StreamWriter **writer)
{
    static const StreamOptions defaults = {0};
    Task *task = task_awaiting();
    if (reader)
        *reader = NULL;
    if (writer)
        *writer = NULL;
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!reader || !writer)
        return value_exception(&TypeError, "a connection has a reader and a writer");
    Frame frame = {.outer = task->coroutine->frame,
                   .function = "open_connection",
                   .file = "loop/connect.c",
                   .line = __LINE__};
    task->coroutine->frame = &frame;
    Stream *stream = NULL;
    Value outcome = open_stream(task, host, port, options ? options : &defaults, &stream);
    task->coroutine->frame = frame.outer;
    TRY(outcome);
    *reader = &stream->reader;
    *writer = &stream->writer;
    return NONE;
}
