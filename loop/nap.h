/*
 * nap.h — jobs that sleep under the virtual clock: blocking_sleep() in a thread of the pool.
 *
 * The loop's clock is virtual, so the thread does not really sleep: it naps, until the loop's time has come
 * so far. The loop moves its time only when every job naps, to the next timer or to the end of the first nap,
 * whichever is earlier. So a sleep in a thread takes as long as it says, and each run is like the last.
 *
 * Nobody naps longer than the sleep would take in real time: the program may wait for the job by other means
 * than its loop.
 */
#ifndef NAP_H
#define NAP_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Naps {
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t woken;
    struct Nap *first; /* by the time at which they end, then by the number of the job */
    size_t count;
    int64_t now; /* the loop's time, as it was told */
    bool selecting, closed;
} Naps;

/** @return false when out of memory */
bool naps_open(Naps *naps);
/** Nobody naps any more. */
void naps_destroy(Naps *naps);

/** In a job's thread: until the loop's time is delay later. At once, when they are closed. */
void naps_sleep(Naps *naps, int64_t delay, uint64_t job);

/**
 * In a job's thread, which has something for the loop: until the loop waits in select. Whether it came then
 * or just before would be chance, and each run is to be like the last.
 */
void naps_wait_for_select(Naps *naps);

/** In the loop's thread: it begins to wait in select, or has done so. */
void naps_select(Naps *naps, bool selecting);
/** Its clock shows this. */
void naps_tell(Naps *naps, int64_t now);
/**
 * When does the first nap end?
 * @param jobs so many run
 * @return INT64_MAX while not all of them nap
 */
int64_t naps_end(Naps *naps, size_t jobs);
/** The first one's time has come. */
void naps_wake(Naps *naps);
/** The loop's time moves no more: all wake. */
void naps_close(Naps *naps);

#endif
