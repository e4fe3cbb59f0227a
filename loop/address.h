/*
 * address.h — where a socket is, or is to be: addresses, their texts, and how names become addresses.
 */
#ifndef ADDRESS_H
#define ADDRESS_H

#include "loop.h"

#include <sys/socket.h>

typedef struct Address {
    struct sockaddr_storage storage;
    socklen_t size;
} Address;

/** What a name stands for, in the order in which it is to be tried. */
typedef struct Addresses {
    size_t count;
    Address items[];
} Addresses;

enum { ADDRESS_TEXT = 96 };

static inline const struct sockaddr *address_socket(const Address *address)
{
    return (const struct sockaddr *)&address->storage;
}

/** As Python's repr of it: ('127.0.0.1', 80) */
const char *address_text(const Address *address, char text[ADDRESS_TEXT]);
/** [host, port]. @return NONE when it is no internet address; MemoryError */
Value address_value(const Address *address);
/** @return 0 when it has none */
int address_port(const Address *address);

/**
 * CPython's _ensure_resolved: at once for a number, else in a thread of the executor.
 * @param task the running one
 * @param passive to listen there
 * @param addresses for memory_free(); NULL unless NONE is returned
 * @return NONE; gaierror, OSError, CancelledError, RuntimeError, MemoryError
 */
Value address_resolve(Task *task, const char *host, int port, int family, bool passive,
                      Addresses **addresses);

#endif
