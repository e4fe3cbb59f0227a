/*
 * thread_pool.c — a thread pool.
 *
 * A thread is started only when a job comes and none is idle, as in CPython: `idle` counts the threads that
 * have ended a job and were not promised a new one.
 */
#include "thread_pool.h"

#include "memory.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST_BY_DEFAULT = 32, MORE_THAN_CPUS = 4 };

struct ThreadPool {
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t work;  /* there is a job, or no more will come */
    PoolJob *first, *last;
    size_t idle;
    size_t count, most;  /* threads that were started */
    unsigned references; /* the owner's, and one for each thread */
    bool shut, joined;
    pthread_t threads[];
};

size_t thread_pool_default_size(void)
{
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = (size_t)(cpus > 0 ? cpus : 1) + MORE_THAN_CPUS;
    return most < MOST_BY_DEFAULT ? most : MOST_BY_DEFAULT;
}

ThreadPool *thread_pool_new(size_t most)
{
    ThreadPool *pool = memory_allocate(sizeof *pool + most * sizeof(pthread_t));
    if (!pool)
        return NULL;
    *pool = (ThreadPool){.most = most, .references = 1};
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    return pool;
}

/* The lock is held, and is not when this returns. */
static void unreference(ThreadPool *pool)
{
    bool last = --pool->references == 0;
    pthread_mutex_unlock(&pool->lock);
    if (!last)
        return;
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    memory_free(pool);
}

ThreadPool *thread_pool_keep(ThreadPool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->references++;
    pthread_mutex_unlock(&pool->lock);
    return pool;
}

void thread_pool_unkeep(ThreadPool *pool)
{
    pthread_mutex_lock(&pool->lock);
    unreference(pool);
}

/* The lock is held. @return NULL: there is none, and none will come */
static PoolJob *next_job(ThreadPool *pool)
{
    while (!pool->first && !pool->shut)
        pthread_cond_wait(&pool->work, &pool->lock);
    PoolJob *job = pool->first;
    if (job) {
        pool->first = job->next;
        if (!pool->first)
            pool->last = NULL;
    }
    return job;
}

static void *work(void *context)
{
    ThreadPool *pool = context;
    pthread_mutex_lock(&pool->lock);
    for (PoolJob *job; (job = next_job(pool));) {
        pthread_mutex_unlock(&pool->lock);
        job->run(job);
        pthread_mutex_lock(&pool->lock);
        pool->idle++;
        pthread_mutex_unlock(&pool->lock);
        job->tell(job);
        pthread_mutex_lock(&pool->lock);
    }
    unreference(pool);
    return NULL;
}

bool thread_pool_create(pthread_t *thread, void *(*function)(void *), void *context)
{
    sigset_t all, before;
    if (memory_must_fail())
        return false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(thread, NULL, function, context) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* The lock is held. */
static bool start_thread(ThreadPool *pool)
{
    char name[16];
    if (!thread_pool_create(&pool->threads[pool->count], work, pool))
        return false;
    snprintf(name, sizeof name, "asyncio_%u", (unsigned)pool->count);
    pthread_setname_np(pool->threads[pool->count], name);
    pool->count++;
    pool->references++;
    return true;
}

bool thread_pool_submit(ThreadPool *pool, PoolJob *job)
{
    pthread_mutex_lock(&pool->lock);
    bool taken = !pool->shut;
    if (taken && pool->idle)
        pool->idle--;
    else if (taken && pool->count < pool->most)
        taken = start_thread(pool) || pool->count;
    if (taken) {
        job->next = NULL;
        if (pool->last)
            pool->last->next = job;
        else
            pool->first = job;
        pool->last = job;
        pthread_cond_signal(&pool->work);
    }
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

/* The lock is held. */
static void shut(ThreadPool *pool)
{
    pool->shut = true;
    pthread_cond_broadcast(&pool->work);
}

void thread_pool_join(ThreadPool *pool)
{
    pthread_mutex_lock(&pool->lock);
    shut(pool);
    bool join = !pool->joined;
    pool->joined = true;
    pthread_mutex_unlock(&pool->lock);
    for (size_t k = 0; join && k < pool->count; k++)
        pthread_join(pool->threads[k], NULL);
}

void thread_pool_close(ThreadPool *pool)
{
    pthread_mutex_lock(&pool->lock);
    shut(pool);
    for (size_t k = 0; !pool->joined && k < pool->count; k++)
        pthread_detach(pool->threads[k]);
    pool->joined = true;
    unreference(pool);
}
