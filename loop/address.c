/*
 * address.c — addresses, and the look-up of names.
 *
 * Looking a name up blocks, for seconds if it must. So a thread does it; what it works on lives until both it
 * and the task that waits are done with it, for a task can be cancelled while the thread still looks.
 */
#include "address.h"

#include "executor.h"
#include "os_error.h"
#include "scheduler.h"
#include "task.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------------------------------------- texts */

static const void *number_of(const Address *address)
{
    return address->storage.ss_family == AF_INET
               ? (const void *)&((const struct sockaddr_in *)&address->storage)->sin_addr
               : (const void *)&((const struct sockaddr_in6 *)&address->storage)->sin6_addr;
}

static bool is_internet(const Address *address)
{
    return address->storage.ss_family == AF_INET || address->storage.ss_family == AF_INET6;
}

int address_port(const Address *address)
{
    if (address->storage.ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *)&address->storage)->sin_port);
    if (address->storage.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)&address->storage)->sin6_port);
    return 0;
}

const char *address_text(const Address *address, char text[ADDRESS_TEXT])
{
    char host[INET6_ADDRSTRLEN] = "";
    if (is_internet(address))
        inet_ntop(address->storage.ss_family, number_of(address), host, sizeof host);
    if (address->storage.ss_family == AF_INET6)
        snprintf(text, ADDRESS_TEXT, "('%s', %d, 0, %u)", host, address_port(address),
                 ((const struct sockaddr_in6 *)&address->storage)->sin6_scope_id);
    else
        snprintf(text, ADDRESS_TEXT, "('%s', %d)", host, address_port(address));
    return text;
}

Value address_value(const Address *address)
{
    char host[INET6_ADDRSTRLEN];
    if (!is_internet(address) ||
        !inet_ntop(address->storage.ss_family, number_of(address), host, sizeof host))
        return NONE;
    Value pair[] = {value_text(text_format("%s", host)), value_int(address_port(address))};
    return value_list(pair, 2);
}

/* ------------------------------------------------------------------------------------------------ numbers */

static Addresses *allocate(size_t count)
{
    Addresses *addresses = memory_allocate(sizeof *addresses + count * sizeof(Address));
    if (addresses)
        addresses->count = 0;
    return addresses;
}

/* CPython's _ipaddr_info: "127.0.0.1" and "::1" need no look-up. */
static bool is_number(const char *host, int port, int family, Address *address)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    *address = (Address){.size = 0};
    if (family != AF_INET6 && inet_pton(AF_INET, host, &v4.sin_addr) == 1) {
        memcpy(&address->storage, &v4, sizeof v4);
        address->size = sizeof v4;
    } else if (family != AF_INET && inet_pton(AF_INET6, host, &v6.sin6_addr) == 1) {
        memcpy(&address->storage, &v6, sizeof v6);
        address->size = sizeof v6;
    }
    return address->size > 0;
}

/* ------------------------------------------------------------------------------------------------ look-up */

typedef struct LookUp {
    atomic_int owners; /* the task that waits, and the job */
    int family;
    bool passive;
    int code, number; /* what getaddrinfo() gave, and errno after it */
    Addresses *addresses;
    char port[16];
    bool has_host;
    char host[];
} LookUp;

static void give_back(void *context)
{
    LookUp *look_up = context;
    if (atomic_fetch_sub(&look_up->owners, 1) > 1)
        return;
    memory_free(look_up->addresses);
    memory_free(look_up);
}

static Addresses *copy(const struct addrinfo *found)
{
    size_t count = 0;
    for (const struct addrinfo *one = found; one; one = one->ai_next)
        count++;
    Addresses *addresses = allocate(count);
    for (const struct addrinfo *one = found; addresses && one; one = one->ai_next) {
        Address *address = &addresses->items[addresses->count++];
        *address = (Address){.size = one->ai_addrlen};
        memcpy(&address->storage, one->ai_addr, one->ai_addrlen);
    }
    return addresses;
}

/* In a thread. */
static Value look_up_now(void *context)
{
    LookUp *look_up = context;
    struct addrinfo hints = {.ai_family = look_up->family,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = look_up->passive ? AI_PASSIVE : 0};
    struct addrinfo *found = NULL;
    look_up->code = getaddrinfo(look_up->has_host ? look_up->host : NULL, look_up->port, &hints, &found);
    look_up->number = errno;
    if (look_up->code == 0) {
        look_up->addresses = copy(found);
        if (!look_up->addresses)
            look_up->code = EAI_MEMORY;
        freeaddrinfo(found);
    }
    return look_up->code ? os_error_of_lookup(look_up->code, look_up->number) : NONE;
}

static Value look_up(Task *task, const char *host, int port, int family, bool passive, Addresses **addresses)
{
    static const char no_memory[] = "no memory or no thread to look a host up";
    Loop *loop = task->future.loop;
    size_t length = host ? strlen(host) : 0;
    TRY(executor_refuses(loop));
    LookUp *record = memory_allocate(sizeof *record + length + 1);
    if (!record)
        return value_exception(&MemoryError, no_memory);
    *record = (LookUp){.owners = 2, .family = family, .passive = passive, .has_host = host != NULL};
    memcpy(record->host, host ? host : "", length + 1);
    snprintf(record->port, sizeof record->port, "%d", port);
    Future *future = executor_run(loop, "getaddrinfo", look_up_now, record, give_back);
    if (!future) {
        give_back(record); /* the task's part; the job's is given back */
        return value_exception(&MemoryError, no_memory);
    }
    Guard of_record, of_future;
    guard_push(&of_record, give_back, record);
    guard_push(&of_future, future_give_back, future);
    Frame frame = {.function = "BaseEventLoop.getaddrinfo", .file = "loop/address.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, future);
    guard_pop(&of_future);
    guard_pop(&of_record);
    if (!value_failed(outcome)) {
        *addresses = record->addresses;
        record->addresses = NULL;
    }
    future_release(future);
    give_back(record);
    return outcome;
}

Value address_resolve(Task *task, const char *host, int port, int family, bool passive, Addresses **addresses)
{
    Address number;
    *addresses = NULL;
    if (port < 0 || port > UINT16_MAX)
        return value_exception(&ValueError, "port must be 0-65535.");
    if (!host || !is_number(host, port, family, &number))
        return look_up(task, host, port, family, passive, addresses);
    Addresses *one = allocate(1);
    if (!one)
        return value_exception(&MemoryError, "no memory for an address");
    one->count = 1;
    one->items[0] = number;
    *addresses = one;
    return NONE;
}
