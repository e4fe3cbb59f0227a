/*
 * server_wait.c — waiting for a server: until it serves, for ever, until it is closed.
 */
#include "scheduler.h"
#include "server.h"
#include "task.h"

Value await_server_start_serving(Server *server)
{
    if (!task_awaiting())
        return value_exception(&RuntimeError, "await outside a task");
    if (!server)
        return value_exception(&MemoryError, "no server");
    if (server->closed)
        return value_exception(&RuntimeError, "the server is closed");
    TRY(server_start(server));
    return await_sleep(0);
}

typedef struct WaitClosed {
    ClosedWaiter waiter; /* first */
    Server *server;
} WaitClosed;

static void stop_waiting(void *context)
{
    WaitClosed *wait = context;
    ClosedWaiter **link = &wait->server->first_waiter;
    while (*link && *link != &wait->waiter)
        link = &(*link)->next;
    if (*link)
        *link = wait->waiter.next;
    future_release(wait->waiter.future);
    server_release_record(wait->server);
}

Value await_server_wait_closed(Server *server)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!server)
        return value_exception(&MemoryError, "no server");
    if (server->closed || server->woken)
        return NONE;
    WaitClosed wait = {.server = server};
    wait.waiter.future = future_new(server->loop, "Server.wait_closed", NULL, 0);
    if (!wait.waiter.future)
        return value_exception(&MemoryError, "no memory to wait for a server");
    ClosedWaiter **link = &server->first_waiter;
    while (*link)
        link = &(*link)->next;
    *link = &wait.waiter;
    server->shared.references++;
    Guard guard;
    guard_push(&guard, stop_waiting, &wait);
    Frame frame = {.function = "Server.wait_closed", .file = "loop/server.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, wait.waiter.future);
    guard_pop(&guard);
    stop_waiting(&wait);
    return outcome;
}

typedef struct Forever {
    Server *server;
    Future *future;
} Forever;

static void stop_serving_forever(void *context)
{
    Forever *forever = context;
    if (forever->server->forever == forever->future)
        forever->server->forever = NULL;
    future_release(forever->future);
    server_release_record(forever->server);
}

Value await_server_serve_forever(Server *server)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!server)
        return value_exception(&MemoryError, "no server");
    if (server->forever)
        return value_exception(&RuntimeError, "server is already being awaited on serve_forever()");
    if (server->closed)
        return value_exception(&RuntimeError, "server is closed");
    TRY(server_start(server));
    Forever forever = {server, future_new(server->loop, "Server.serve_forever", NULL, 0)};
    if (!forever.future)
        return value_exception(&MemoryError, "no memory to serve for ever");
    server->forever = forever.future;
    server->shared.references++;
    Guard guard;
    guard_push(&guard, stop_serving_forever, &forever);
    Frame frame = {.function = "Server.serve_forever", .file = "loop/server.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, forever.future);
    if (value_is(outcome, &CancelledError)) {
        server_close(server);
        Value waited = await_server_wait_closed(server);
        (void)waited; /* the cancel is what is told */
    }
    guard_pop(&guard);
    stop_serving_forever(&forever);
    return outcome;
}
