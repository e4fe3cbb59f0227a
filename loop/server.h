/*
 * server.h — a server, from the inside: sockets that listen, and who waits for what.
 *
 *     select ──► _accept_connection ──► task _accept_connection2 ──► connection_made ──► task of the client
 *     (accept.c)                                                     (stream.c)
 *
 * A server counts two things: who may still use the record (the program, connections, tasks), and the
 * program's own references, of which the last one closes it.
 */
#ifndef SERVER_H
#define SERVER_H

#include "address.h"
#include "handle.h"

/** One of its sockets. */
typedef struct ServerSocket {
    Server *server;
    int fd;
    Address address;
    Handle *retry; /* when descriptors had run out; a reference */
} ServerSocket;

/** A task in wait_closed(). Lies on its stack. */
typedef struct ClosedWaiter {
    struct ClosedWaiter *next;
    Future *future;
} ClosedWaiter;

struct Server {
    Shared shared; /* first */
    uint32_t references;
    Loop *loop;
    const char *name;
    ClientFunction client;
    void *context;
    size_t limit;
    int backlog;
    bool serving, closed;
    size_t clients;  /* connections that are not lost */
    Future *forever; /* in which serve_forever() waits; borrowed from it */
    ClosedWaiter *first_waiter;
    bool woken; /* nobody need wait for it to be closed any more */
    size_t count;
    ServerSocket sockets[];
};

/** Gives back what keeps the record. */
void server_release_record(Server *server);
/** Listens, and accepts who comes. @return NONE; OSError; MemoryError */
Value server_start(Server *server);
/** Accepts who comes to this socket. @return NONE; OSError; MemoryError */
Value server_accept(ServerSocket *socket);
/** A client's connection exists. It keeps the server until server_detach(). */
void server_attach(Server *server);
/** … and is gone. */
void server_detach(Server *server);

#endif
