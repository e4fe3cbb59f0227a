/*
 * poller.h — waiting for descriptors and for time to pass: epoll, or poll where the build says so.
 *
 * One of poller_epoll.c and poller_poll.c is compiled in; nothing else knows which.
 */
#ifndef POLLER_H
#define POLLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { POLLER_READ = 1, POLLER_WRITE = 2 };

typedef struct PollerEvent {
    int fd;
    int ready; /* POLLER_READ, POLLER_WRITE */
} PollerEvent;

typedef struct Poller {
    struct PollerState *state;
    size_t watched; /* descriptors */
} Poller;

/** @return 0, or errno */
int poller_open(Poller *poller);
void poller_close(Poller *poller);
/** Watches a descriptor for these events from now on; 0: no more. @return 0, or errno */
int poller_watch(Poller *poller, int fd, int events);
/**
 * Waits at most `timeout` nanoseconds (negative: for ever), rounded up to whole milliseconds, as CPython's
 * selector does. @return how many events were written to `events`; 0 on timeout or when a signal came
 */
size_t poller_wait(Poller *poller, int64_t timeout, PollerEvent *events, size_t room);

/** Whole milliseconds, not less than the timeout, within what the system call takes; -1: for ever. */
static inline int poller_milliseconds(int64_t timeout)
{
    if (timeout < 0)
        return -1;
    int64_t milliseconds = timeout / 1000000 + (timeout % 1000000 != 0);
    return milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds;
}

#endif
