/*
 * poller_epoll.c — the poller by epoll.
 */
#include "poller.h"

#ifndef LOOP_POLL
#include "memory.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { TABLE_STEP = 64 };

typedef struct PollerState {
    int epoll;
    size_t size;            /* of the table below */
    unsigned char *watched; /* by descriptor: for what */
    size_t room;            /* of the events below: as many as descriptors are watched */
    struct epoll_event *found;
} PollerState;

int poller_open(Poller *poller)
{
    PollerState *state = memory_allocate(sizeof *state);
    if (!state)
        return ENOMEM;
    *state = (PollerState){.epoll = epoll_create1(EPOLL_CLOEXEC)};
    if (state->epoll < 0) {
        int error = errno;
        memory_free(state);
        return error;
    }
    *poller = (Poller){.state = state};
    return 0;
}

void poller_close(Poller *poller)
{
    if (!poller->state)
        return;
    close(poller->state->epoll);
    memory_free(poller->state->watched);
    memory_free(poller->state->found);
    memory_free(poller->state);
    *poller = (Poller){0};
}

static int make_room(PollerState *state, size_t fd)
{
    if (fd < state->size)
        return 0;
    size_t size = (fd + TABLE_STEP) & ~(size_t)(TABLE_STEP - 1);
    unsigned char *watched = memory_resize(state->watched, size);
    if (!watched)
        return ENOMEM;
    for (size_t k = state->size; k < size; k++)
        watched[k] = 0;
    state->watched = watched;
    state->size = size;
    return 0;
}

/* One select tells all that is ready, as CPython's does. */
static int make_room_for_event(PollerState *state, size_t watched)
{
    if (watched < state->room)
        return 0;
    size_t room = state->room + TABLE_STEP;
    struct epoll_event *found = memory_resize(state->found, room * sizeof *found);
    if (!found)
        return ENOMEM;
    state->found = found;
    state->room = room;
    return 0;
}

/* A descriptor may have been closed while it was watched. Then the system has forgotten it, or, when it has a
   copy, remembers it still. */
static int control(const PollerState *state, int operation, int fd, struct epoll_event *event)
{
    if (epoll_ctl(state->epoll, operation, fd, event) == 0 || operation == EPOLL_CTL_DEL)
        return 0;
    int error = errno;
    int other = operation == EPOLL_CTL_ADD ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    bool changed = error == (operation == EPOLL_CTL_ADD ? EEXIST : ENOENT);
    return changed && epoll_ctl(state->epoll, other, fd, event) == 0 ? 0 : error;
}

int poller_watch(Poller *poller, int fd, int events)
{
    PollerState *state = poller->state;
    if (fd < 0)
        return EBADF;
    int error = make_room(state, (size_t)fd);
    if (!error)
        error = make_room_for_event(state, poller->watched);
    if (error)
        return error;
    int before = state->watched[fd];
    if (before == events)
        return 0;
    struct epoll_event event = {
        .events = (events & POLLER_READ ? EPOLLIN : 0u) | (events & POLLER_WRITE ? EPOLLOUT : 0u),
        .data.fd = fd,
    };
    int operation = !before ? EPOLL_CTL_ADD : !events ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    error = control(state, operation, fd, &event);
    if (error)
        return error;
    poller->watched += (size_t)!before;
    poller->watched -= (size_t)!events;
    state->watched[fd] = (unsigned char)events;
    return 0;
}

size_t poller_wait(Poller *poller, int64_t timeout, PollerEvent *events, size_t room)
{
    struct epoll_event *found = poller->state->found;
    struct epoll_event none;
    int most = room < poller->state->room ? (int)room : (int)poller->state->room;
    int64_t deadline = poller_deadline(timeout);
    int count = 0;
    do
        count = epoll_wait(poller->state->epoll, most ? found : &none, most ? most : 1,
                           poller_milliseconds(poller_rest(deadline)));
    while (count < 0 && errno == EINTR);
    if (!most)
        return 0;
    for (int k = 0; k < count; k++) {
        uint32_t flags = found[k].events;
        /* An error or a hang-up wakes readers and writers alike, as in CPython's selector. */
        events[k] = (PollerEvent){
            .fd = found[k].data.fd,
            .ready = (flags & ~(uint32_t)EPOLLOUT ? POLLER_READ : 0) |
                     (flags & ~(uint32_t)EPOLLIN ? POLLER_WRITE : 0),
        };
    }
    return count > 0 ? (size_t)count : 0;
}
#else
typedef int poller_is_poll; /* ISO C wants a declaration in every file */
#endif
