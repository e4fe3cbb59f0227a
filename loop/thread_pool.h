/*
 * thread_pool.h — threads that do jobs, as many as are needed up to a limit: concurrent.futures'
 * ThreadPoolExecutor.
 *
 * It knows nothing of loops. Jobs are done in the order in which they came.
 */
#ifndef THREAD_POOL_H
#define THREAD_POOL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct ThreadPool ThreadPool;

typedef struct PoolJob {
    struct PoolJob *next;
    void (*run)(struct PoolJob *job);  /* in a thread of the pool; the job is not touched afterwards */
    void (*tell)(struct PoolJob *job); /* after that thread is idle again */
} PoolJob;

/** @return NULL when out of memory */
ThreadPool *thread_pool_new(size_t most);
/** @return false when there is no thread for it: the job stays the caller's */
bool thread_pool_submit(ThreadPool *pool, PoolJob *job);
/** One more reference. */
ThreadPool *thread_pool_keep(ThreadPool *pool);
/** Gives it back. */
void thread_pool_unkeep(ThreadPool *pool);
/** Waits until all jobs are done and all threads have ended. In one thread only. */
void thread_pool_join(ThreadPool *pool);
/** No more jobs; those that there are will be done. Gives a reference back: each thread has one of its own.
 */
void thread_pool_close(ThreadPool *pool);
/** pthread_create() of a thread that takes no signals: those are for the program's own. */
bool thread_pool_create(pthread_t *thread, void *(*function)(void *), void *context);
/** min(32, CPUs + 4) */
size_t thread_pool_default_size(void);

#endif
