/*
 * nap.c — a list of sleepers, in the order in which they wake.
 */
#include "nap.h"

#include "scheduler.h"

#include <errno.h>
#include <time.h>

enum { PATIENCE = 1000000000 }; /* nanoseconds */

typedef struct Nap {
    struct Nap *next;
    int64_t until;
    uint64_t job;
    bool over;
} Nap;

bool naps_open(Naps *naps)
{
    *naps = (Naps){.first = NULL};
    if (pthread_mutex_init(&naps->lock, NULL) != 0)
        return false;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    bool made = pthread_cond_init(&naps->woken, &monotonic) == 0;
    pthread_condattr_destroy(&monotonic);
    if (!made)
        pthread_mutex_destroy(&naps->lock);
    return made;
}

void naps_destroy(Naps *naps)
{
    pthread_cond_destroy(&naps->woken);
    pthread_mutex_destroy(&naps->lock);
}

static bool is_before(const Nap *one, const Nap *other)
{
    return one->until != other->until ? one->until < other->until : one->job < other->job;
}

/* The lock is held. */
static void begin(Naps *naps, Nap *nap)
{
    Nap **link = &naps->first;
    while (*link && !is_before(nap, *link))
        link = &(*link)->next;
    nap->next = *link;
    *link = nap;
    naps->count++;
}

/* The lock is held. */
static void end(Naps *naps, Nap *nap)
{
    Nap **link = &naps->first;
    while (*link != nap)
        link = &(*link)->next;
    *link = nap->next;
    naps->count--;
    nap->over = true;
}

void naps_sleep(Naps *naps, int64_t delay, uint64_t job)
{
    int64_t latest = clock_add(clock_monotonic(), delay);
    struct timespec moment = {.tv_sec = latest / 1000000000, .tv_nsec = latest % 1000000000};
    pthread_mutex_lock(&naps->lock);
    Nap nap = {.until = clock_add(naps->now, delay), .job = job, .over = naps->closed};
    if (!nap.over)
        begin(naps, &nap);
    while (!nap.over)
        if (pthread_cond_timedwait(&naps->woken, &naps->lock, &moment) == ETIMEDOUT && !nap.over)
            end(naps, &nap);
    pthread_mutex_unlock(&naps->lock);
}

/* A loop that is never idle is not waited for in vain: then chance has it. */
void naps_wait_for_select(Naps *naps)
{
    int64_t latest = clock_add(clock_monotonic(), PATIENCE);
    struct timespec moment = {.tv_sec = latest / 1000000000, .tv_nsec = latest % 1000000000};
    pthread_mutex_lock(&naps->lock);
    while (!naps->selecting && !naps->closed)
        if (pthread_cond_timedwait(&naps->woken, &naps->lock, &moment) == ETIMEDOUT)
            break;
    pthread_mutex_unlock(&naps->lock);
}

void naps_select(Naps *naps, bool selecting)
{
    pthread_mutex_lock(&naps->lock);
    naps->selecting = selecting;
    if (selecting)
        pthread_cond_broadcast(&naps->woken);
    pthread_mutex_unlock(&naps->lock);
}

void naps_tell(Naps *naps, int64_t now)
{
    pthread_mutex_lock(&naps->lock);
    naps->now = now;
    pthread_mutex_unlock(&naps->lock);
}

int64_t naps_end(Naps *naps, size_t jobs)
{
    pthread_mutex_lock(&naps->lock);
    int64_t until = naps->first && naps->count >= jobs ? naps->first->until : INT64_MAX;
    pthread_mutex_unlock(&naps->lock);
    return until;
}

void naps_wake(Naps *naps)
{
    pthread_mutex_lock(&naps->lock);
    if (naps->first)
        end(naps, naps->first);
    pthread_cond_broadcast(&naps->woken);
    pthread_mutex_unlock(&naps->lock);
}

void naps_close(Naps *naps)
{
    pthread_mutex_lock(&naps->lock);
    naps->closed = true;
    while (naps->first)
        end(naps, naps->first);
    pthread_cond_broadcast(&naps->woken);
    pthread_mutex_unlock(&naps->lock);
}
