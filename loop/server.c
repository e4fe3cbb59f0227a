/*
 * server.c — start_server: sockets that listen, from the look-up of the host to the close.
 */
#include "server.h"

#include "address.h"
#include "connect.h"
#include "gather.h"
#include "misuse.h"
#include "os_error.h"
#include "scheduler.h"
#include "stream.h"
#include "task.h"

#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

enum { BACKLOG = 100 };

/* The program may keep it for longer than its loop. */
static void destroy(Shared *shared)
{
    Server *server = (Server *)shared;
    loop_unreference(server->loop);
    shared_free(shared, sizeof *server + server->count * sizeof *server->sockets, offsetof(Server, loop));
}

void server_release_record(Server *server)
{
    shared_release(&server->shared);
}

/* ------------------------------------------------------------------------------------------ its clients */

void server_attach(Server *server)
{
    server->shared.references++;
    server->clients++;
}

static void wake_waiters(Server *server)
{
    server->woken = true;
    for (ClosedWaiter *waiter = server->first_waiter; waiter; waiter = waiter->next)
        if (!future_done(waiter->future))
            future_set_result(waiter->future, NONE);
}

void server_detach(Server *server)
{
    server->clients--;
    if (!server->clients && server->closed)
        wake_waiters(server);
    server_release_record(server);
}

/* ----------------------------------------------------------------------------------------- start and end */

Value server_start(Server *server)
{
    if (server->serving)
        return NONE;
    server->serving = true;
    for (size_t k = 0; k < server->count; k++) {
        ServerSocket *socket = &server->sockets[k];
        if (listen(socket->fd, server->backlog) < 0)
            return value_os_error(errno, NULL);
        TRY(server_accept(socket));
    }
    return NONE;
}

void server_close(Server *server)
{
    if (!server || server->closed)
        return;
    server->closed = true;
    server->serving = false;
    for (size_t k = 0; k < server->count; k++) {
        ServerSocket *socket = &server->sockets[k];
        watch_remove(server->loop, socket->fd, POLLER_READ);
        handle_cancel(socket->retry);
        handle_release(socket->retry);
        socket->retry = NULL;
        close(socket->fd);
        socket->fd = -1;
    }
    if (server->forever && !future_done(server->forever))
        future_cancel(server->forever, NULL);
    if (!server->clients)
        wake_waiters(server);
}

void server_release(Server *server)
{
    if (!server)
        return;
    if (UNLIKELY(!server->references))
        misuse_gone("server_release", "server");
    if (--server->references)
        return;
    server_close(server);
    server_release_record(server);
}

/* ---------------------------------------------------------------------------------------------- sockets */

static bool is_double(const Addresses *addresses, size_t k)
{
    for (size_t before = 0; before < k; before++)
        if (addresses->items[before].size == addresses->items[k].size &&
            memcmp(&addresses->items[before].storage, &addresses->items[k].storage,
                   addresses->items[k].size) == 0)
            return true;
    return false;
}

static Value cannot_bind(const Address *address, int error)
{
    char text[ADDRESS_TEXT], reason[128];
    const char *said = strerror_r(error, reason, sizeof reason);
    size_t length = strnlen(said, sizeof reason - 1);
    for (size_t k = 0; k < length; k++)
        reason[k] = (char)tolower((unsigned char)said[k]);
    reason[length] = '\0';
    return os_error(error, "error while attempting to bind on address %s: %s", address_text(address, text),
                    reason);
}

/* @return NONE also when the machine has no such sockets: then there is none. */
static Value add_socket(Server *server, const Address *address)
{
    ServerSocket *socket = &server->sockets[server->count];
    int fd, yes = 1;
    Value outcome = socket_open(address, &fd);
    if (value_failed(outcome))
        return value_is_os_error(outcome) ? NONE : outcome;
    *socket = (ServerSocket){.server = server, .fd = fd};
    server->count++;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address->storage.ss_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    if (bind(fd, address_socket(address), address->size) < 0)
        return cannot_bind(address, errno);
    socket->address.size = sizeof socket->address.storage;
    if (getsockname(fd, (struct sockaddr *)&socket->address.storage, &socket->address.size) < 0)
        return value_os_error(errno, NULL);
    return NONE;
}

static Value make_server(Loop *loop, const Addresses *addresses, const StreamOptions *options, Server **made)
{
    Server *server = memory_allocate(sizeof *server + addresses->count * sizeof(ServerSocket));
    if (!server)
        return value_exception(&MemoryError, "no memory for a server");
    *server = (Server){
        .shared = {1, destroy},
        .references = 1,
        .loop = loop,
        .limit = options->limit,
        .backlog = options->backlog > 0 ? options->backlog : BACKLOG,
    };
    loop->references++;
    for (size_t k = 0; k < addresses->count; k++) {
        Value outcome = is_double(addresses, k) ? NONE : add_socket(server, &addresses->items[k]);
        if (value_failed(outcome)) {
            server_release(server);
            return outcome;
        }
    }
    *made = server;
    return NONE;
}

/* ----------------------------------------------------------------------------------------- start_server */

/* Of two owners, the task that starts the server and the one that looks its host up. */
typedef struct HostLookUp {
    Shared shared;
    Guard guard;
    int port, family;
    Addresses *addresses;
    bool has_host;
    char host[];
} HostLookUp;

static void destroy_look_up(Shared *shared)
{
    HostLookUp *look_up = (HostLookUp *)shared;
    memory_free(look_up->addresses);
    memory_free(look_up);
}

static void give_back_look_up(void *look_up)
{
    shared_release(look_up);
}

static HostLookUp *make_look_up(const char *host, int port, int family)
{
    size_t length = host ? strlen(host) : 0;
    HostLookUp *look_up = memory_allocate(sizeof *look_up + length + 1);
    if (!look_up)
        return NULL;
    *look_up = (HostLookUp){
        .shared = {1, destroy_look_up}, .port = port, .family = family, .has_host = host != NULL};
    memcpy(look_up->host, host ? host : "", length + 1);
    return look_up;
}

static Value look_host_up(Value argument)
{
    HostLookUp *look_up = argument.pointer;
    Value outcome = address_resolve(task_current(), look_up->has_host ? look_up->host : NULL, look_up->port,
                                    look_up->family, true, &look_up->addresses);
    guard_pop(&look_up->guard);
    give_back_look_up(look_up);
    return outcome;
}

/* CPython looks every host up in a task of its own, and there is a gather of these tasks: for the one host
   too. */
static Value run_look_up(HostLookUp *look_up)
{
    static const Frame origin = {.function = "BaseEventLoop._create_server_getaddrinfo",
                                 .file = "loop/server.c"};
    Coroutine *coroutine = coroutine_new_own(&origin, look_host_up, value_pointer(look_up, "<host>"));
    if (!coroutine)
        return value_exception(&MemoryError, "no memory to look a host up");
    look_up->shared.references++;
    guard_begin(coroutine, &look_up->guard, give_back_look_up, look_up);
    Awaitable item = awaitable(coroutine);
    Value outcome = await_gather(&item, 1, false);
    return value_failed(outcome) ? outcome : NONE;
}

static void give_back_server(void *server)
{
    server_release(server);
}

static Value start(Loop *loop, const Addresses *addresses, const StreamOptions *options, const char *name,
                   ClientFunction client, void *context, Server **made)
{
    Server *server = NULL;
    Value outcome = make_server(loop, addresses, options, &server);
    if (value_failed(outcome) || !server)
        return outcome;
    server->name = name;
    server->client = client;
    server->context = context;
    if (!options->not_start) {
        Guard guard;
        guard_push(&guard, give_back_server, server);
        outcome = server_start(server);
        if (!value_failed(outcome))
            outcome = await_sleep(0);
        guard_pop(&guard);
    }
    if (value_failed(outcome))
        server_release(server);
    else
        *made = server;
    return outcome;
}

Value await_start_server_named(const char *name, ClientFunction client, void *context, const char *host,
                               int port, const StreamOptions *options, Server **server)
{
    static const StreamOptions defaults = {0};
    Task *task = task_awaiting();
    if (server)
        *server = NULL;
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!client || !server)
        return value_exception(&TypeError, "a server has a function for its clients");
    if (!options)
        options = &defaults;
    HostLookUp *look_up = make_look_up(host, port, options->family);
    if (!look_up)
        return value_exception(&MemoryError, "no memory to look a host up");
    Guard guard;
    guard_push(&guard, give_back_look_up, look_up);
    Frame frame = {.outer = task->coroutine->frame,
                   .function = "start_server",
                   .file = "loop/server.c",
                   .line = __LINE__};
    task->coroutine->frame = &frame;
    Value outcome = run_look_up(look_up);
    if (!value_failed(outcome))
        outcome = start(task->future.loop, look_up->addresses, options, name, client, context, server);
    task->coroutine->frame = frame.outer;
    guard_pop(&guard);
    give_back_look_up(look_up);
    return outcome;
}

/* ---------------------------------------------------------------------------------------------- asking */

bool server_is_serving(const Server *server)
{
    return server && server->serving;
}

size_t server_socket_count(const Server *server)
{
    return server && !server->closed ? server->count : 0;
}

Value server_socket_name(const Server *server, size_t k)
{
    return k < server_socket_count(server) ? address_value(&server->sockets[k].address) : NONE;
}

int server_port(const Server *server)
{
    return server_socket_count(server) ? address_port(&server->sockets[0].address) : 0;
}
