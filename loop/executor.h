/*
 * executor.h — the thread pool of a loop, from the inside.
 */
#ifndef EXECUTOR_H
#define EXECUTOR_H

#include "thread_pool.h"

#include "loop.h"

typedef struct Executor {
    ThreadPool *pool;
    size_t threads;    /* so many at most */
    struct Job *first; /* that the loop waits for */
    size_t jobs;       /* so many */
    uint64_t numbers;
} Executor;

/** What loop.run_in_executor() raises where it gives NULL. @return NONE when it is only out of memory */
Value executor_refuses(const Loop *loop);
/**
 * loop_run_in_executor_named() for the library.
 * @param give_back NULL, or what is called with the context, in any thread, when the job is over or was never
 * taken: it is taken over in any case
 */
Future *executor_run(Loop *loop, const char *name, ThreadFunction function, void *context,
                     void (*give_back)(void *context));
/** await loop.shutdown_default_executor(), in this task, the running one. */
Value executor_shut_down(Task *task);
/**
 * When does the first of the naps end in which all jobs that run are?
 * @return INT64_MAX while not all of them nap, or there are none
 */
int64_t executor_nap_end(const Loop *loop);
/** Can nothing but the loop's jobs wake it from outside? */
bool executor_is_all(const Loop *loop);
/** The loop closes: jobs that still run go on, and nobody sees how they end. */
void executor_close(Loop *loop);

#endif
