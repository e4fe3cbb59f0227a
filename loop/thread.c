/*
 * thread.c — a thread's state: made when the thread first needs it, given back when the thread ends.
 */
#include "thread.h"

#include "overflow.h"
#include "scheduler.h"
#include "task.h"

#include <pthread.h>

_Thread_local ThreadState thread;

static pthread_key_t at_thread_end;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Objects that the program never gave back die here too: their pools go. */
static void thread_end(void *state)
{
    (void)state;
    pool_free(&thread.coroutine_pool);
    pool_free(&thread.future_pool);
    pool_free(&thread.task_pool);
    pool_free(&thread.handle_pool);
    pool_free(&thread.frame_pool);
    for (unsigned k = 0; k < GONE_MOST; k++)
        memory_free(thread.gone_loops[k]);
    for (unsigned k = 0; k < GONE_OBJECTS; k++)
        memory_free(thread.gone_objects[k]);
    stack_pools_free(&thread.stack_pools);
    texts_free(&thread.texts);
    texts_free(&thread.run_texts);
    texts_free(&thread.listing.texts);
    overflow_unwatch_thread();
    thread = (ThreadState){0};
}

static void make_key(void)
{
    pthread_key_create(&at_thread_end, thread_end);
}

void thread_prepare_first(void)
{
    pthread_once(&once, make_key);
    pthread_setspecific(at_thread_end, &thread);
    thread = (ThreadState){
        .current = &thread.root,
        .defaults = {.clock = CLOCK_REAL},
        .coroutine_pool = POOL_KEPT(Coroutine),
        .future_pool = POOL(Future),
        .task_pool = POOL(Task),
        .handle_pool = POOL(Handle),
        .frame_pool = POOL(Frame),
        .prepared = true,
    };
    thread.root.state = COROUTINE_RUNNING;
    thread.root.name = thread.module.function = "<module>";
    thread.root.frame = &thread.module;
    overflow_watch_thread();
}
