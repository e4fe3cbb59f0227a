/*
 * connect.h — sockets and connections, as far as clients and servers share them.
 */
#ifndef CONNECT_H
#define CONNECT_H

#include "address.h"

/** A non-blocking socket for this kind of address. @return NONE; OSError; MemoryError */
Value socket_open(const Address *address, int *fd);
/** Waits for a future of the library's own, which is taken over. @param name for the await chain */
Value stream_wait(Task *task, Future *waiter, const char *name);

#endif
