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

/* clock.c's */
int64_t clock_monotonic(void);
int64_t clock_add(int64_t when, int64_t delay);

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
 * selector does. A signal does not end the wait. @return how many events were written to `events`; 0 on
 * timeout
 */
size_t poller_wait(Poller *poller, int64_t timeout, PollerEvent *events, size_t room);

/** When a wait ends that begins now; negative: never. */
static inline int64_t poller_deadline(int64_t timeout)
{
    return timeout <= 0 ? timeout : clock_add(clock_monotonic(), timeout);
}

/** What is left of it, at least 0; negative: for ever. */
static inline int64_t poller_rest(int64_t deadline)
{
    int64_t rest = deadline <= 0 ? deadline : deadline - clock_monotonic();
    return rest < 0 && deadline >= 0 ? 0 : rest;
}

/** Whole milliseconds, not less than the timeout, within what the system call takes; -1: for ever. */
static inline int poller_milliseconds(int64_t timeout)
{
    if (timeout < 0)
        return -1;
    int64_t milliseconds = timeout / 1000000 + (timeout % 1000000 != 0);
    return milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds;
}

#endif
