/*
 * accept.c — clients come: each gets a stream, made in a task of its own, as in CPython.
 */
#include "connect.h"
#include "scheduler.h"
#include "server.h"
#include "stream.h"
#include "task.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static const int64_t RETRY_ACCEPT = 1000000000;

/* A connection that was accepted, and the task that makes a stream of it. */
typedef struct Accepted {
    Guard guard;
    Server *server; /* a reference */
    int fd;         /* -1: the stream has it */
} Accepted;

static void release_accepted(void *context)
{
    Accepted *accepted = context;
    if (accepted->fd >= 0)
        close(accepted->fd);
    server_release_record(accepted->server);
    memory_free(accepted);
}

/* CPython's _accept_connection2. */
static Value make_stream(Accepted *accepted, Task *task)
{
    Server *server = accepted->server;
    Stream *stream = stream_new(server->loop, server->limit);
    if (!stream)
        return value_exception(&MemoryError, "no memory for a stream");
    stream->name = server->name;
    stream->client = server->client;
    stream->context = server->context;
    Future *waiter = future_new(server->loop, "BaseSelectorEventLoop._accept_connection2", NULL, 0);
    Value outcome = waiter ? transport_start(stream, accepted->fd, waiter)
                           : value_exception(&MemoryError, "no memory for a connection");
    if (value_failed(outcome)) {
        future_release(waiter);
        stream_release(stream);
        return outcome;
    }
    accepted->fd = -1;
    stream->server = server;
    server_attach(server);
    Guard guard;
    guard_push(&guard, stream_give_back, stream);
    outcome = stream_wait(task, waiter, "BaseSelectorEventLoop._accept_connection2");
    guard_pop(&guard);
    if (value_failed(outcome))
        transport_close(stream);
    stream_release(stream);
    return outcome;
}

/* Nobody is there to be told of an error: asyncio drops it too, even a cancel, but not what ends the run. */
static Value accept_connection2(Value argument)
{
    Accepted *accepted = argument.pointer;
    Value outcome = make_stream(accepted, task_current());
    guard_pop(&accepted->guard);
    release_accepted(accepted);
    return value_interrupts(outcome) ? outcome : NONE;
}

/* @return false when out of memory: the connection is closed then */
static bool welcome(Server *server, int fd)
{
    Accepted *accepted = memory_allocate(sizeof *accepted);
    if (!accepted) {
        close(fd);
        return false;
    }
    *accepted = (Accepted){.server = server, .fd = fd};
    server->shared.references++;
    static const Frame origin = {.function = "BaseSelectorEventLoop._accept_connection2",
                                 .file = "loop/accept.c"};
    Coroutine *coroutine =
        coroutine_new_own(&origin, accept_connection2, value_pointer(accepted, "<accepted>"));
    if (!coroutine) {
        release_accepted(accepted);
        return false;
    }
    guard_begin(coroutine, &accepted->guard, release_accepted, accepted);
    Task *task = loop_create_task(server->loop, coroutine, NULL);
    task_release(task);
    return task != NULL;
}

static void retry(void *context)
{
    ServerSocket *socket = context;
    handle_release(socket->retry);
    socket->retry = NULL;
    Value outcome = server_accept(socket);
    if (value_failed(outcome))
        callback_failed(outcome);
}

/* The system goes on saying that somebody waits: so nobody listens for a while. (CPython goes on to accept,
   and so says this once for each that the backlog may have.) */
static void pause_accepting(ServerSocket *socket, Value error)
{
    Loop *loop = socket->server->loop;
    loop_report(loop, "socket.accept() out of system resource", error, NULL);
    if (socket->fd < 0)
        return; /* whoever was told has closed it */
    socket->retry = handle_keep(
        loop_call_later_named(loop, RETRY_ACCEPT, "BaseSelectorEventLoop._start_serving", retry, socket));
    if (socket->retry)
        watch_remove(loop, socket->fd, POLLER_READ);
}

static bool is_exhausted(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

static void accept_connection(void *context)
{
    ServerSocket *socket = context;
    Server *server = socket->server;
    server->shared.references++;
    for (int k = 0; k < server->backlog && socket->fd >= 0; k++) {
        int fd = accept4(socket->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        int error = errno;
        if (fd >= 0) {
            if (welcome(server, fd))
                continue;
            callback_failed(value_exception(&MemoryError, "no memory for a client"));
        } else if (is_exhausted(error)) {
            pause_accepting(socket, value_os_error(error, NULL));
        } else if (error != EAGAIN && error != EWOULDBLOCK && error != EINTR && error != ECONNABORTED) {
            callback_failed(value_os_error(error, NULL));
        }
        break;
    }
    server_release_record(server);
}

Value server_accept(ServerSocket *socket)
{
    Loop *loop = socket->server->loop;
    TRY(watch_add(loop, socket->fd, POLLER_READ, "BaseSelectorEventLoop._accept_connection",
                  accept_connection, socket, NULL));
    watch_claim(loop, socket->fd, false);
    return NONE;
}
