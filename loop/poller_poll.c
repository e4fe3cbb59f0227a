/*
 * poller_poll.c — the poller by poll, which every Unix has.
 */
#include "poller.h"

#ifdef LOOP_POLL
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>

typedef struct PollerState {
    struct pollfd *entries; /* in order of registration */
    size_t capacity;
} PollerState;

int poller_open(Poller *poller)
{
    PollerState *state = memory_allocate(sizeof *state);
    if (!state)
        return ENOMEM;
    *state = (PollerState){0};
    *poller = (Poller){.state = state};
    return 0;
}

void poller_close(Poller *poller)
{
    if (!poller->state)
        return;
    memory_free(poller->state->entries);
    memory_free(poller->state);
    *poller = (Poller){0};
}

static short flags_of(int events)
{
    return (short)((events & POLLER_READ ? POLLIN : 0) | (events & POLLER_WRITE ? POLLOUT : 0));
}

int poller_watch(Poller *poller, int fd, int events)
{
    PollerState *state = poller->state;
    if (fd < 0)
        return EBADF;
    size_t at = 0;
    while (at < poller->watched && state->entries[at].fd != fd)
        at++;
    if (at < poller->watched && events) {
        state->entries[at].events = flags_of(events);
        return 0;
    }
    if (at < poller->watched) {
        poller->watched--;
        for (; at < poller->watched; at++)
            state->entries[at] = state->entries[at + 1];
        return 0;
    }
    if (!events)
        return 0;
    if (fcntl(fd, F_GETFD) < 0)
        return errno; /* poll would tell it at each wait */
    if (poller->watched == state->capacity) {
        size_t capacity = state->capacity ? state->capacity * 2 : 16;
        struct pollfd *entries = memory_resize(state->entries, capacity * sizeof *entries);
        if (!entries)
            return ENOMEM;
        state->entries = entries;
        state->capacity = capacity;
    }
    state->entries[poller->watched++] = (struct pollfd){.fd = fd, .events = flags_of(events)};
    return 0;
}

size_t poller_wait(Poller *poller, int64_t timeout, PollerEvent *events, size_t room)
{
    size_t count = 0;
    int64_t deadline = poller_deadline(timeout);
    int ready;
    do
        ready =
            poll(poller->state->entries, (nfds_t)poller->watched, poller_milliseconds(poller_rest(deadline)));
    while (ready < 0 && errno == EINTR);
    for (size_t k = 0; ready > 0 && k < poller->watched && count < room; k++) {
        int flags = poller->state->entries[k].revents;
        if (!flags)
            continue;
        /* An error or a hang-up wakes readers and writers alike, as in CPython's selector. */
        events[count++] = (PollerEvent){
            .fd = poller->state->entries[k].fd,
            .ready = (flags & ~POLLOUT ? POLLER_READ : 0) | (flags & ~POLLIN ? POLLER_WRITE : 0),
        };
    }
    return count;
}
#else
typedef int poller_is_epoll; /* ISO C wants a declaration in every file */
#endif
