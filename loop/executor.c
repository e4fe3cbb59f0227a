/*
 * executor.c — run_in_executor: a job in a thread of the pool, and a future for its result.
 *
 *     loop's thread      run_in_executor ──► select waits ················► _set_state: the future is done
 *                              │ queue                      ▲ call_soon_threadsafe
 *     a pool's thread          └──────► the function runs ──┘
 *
 * A job has two owners. The thread writes its result and then hands it over through the gate; the loop keeps
 * the future, and the handle that will fulfil it, made beforehand so that the end of a job needs no memory.
 * If the loop closes first, it lets go of both, and the thread finds the gate closed.
 */
#include "executor.h"

#include "scheduler.h"
#include "task.h"
#include "thread.h"
#include "threadsafe.h"

#include <stdatomic.h>

typedef enum JobState {
    JOB_QUEUED,
    JOB_RUNNING,
    JOB_CANCELLED,
} JobState;

typedef struct Job {
    /* The loop's side. The handle in `call` is a reference until it is queued. */
    Shared shared;  /* first; counts the handle, and the callback on the future */
    Future *future; /* a reference */
    Loop *loop;
    struct Job *next, *previous; /* in the loop's list of those whose handle is not queued */
    /* The thread's side. */
    PoolJob pool_job;
    Call call;
    Gate *gate; /* a reference */
    Naps *naps; /* the gate's, under the virtual clock; else NULL */
    uint64_t number;
    const char *name;
    ThreadFunction function;
    void *context;
    void (*give_back)(void *context); /* NULL: the context is the program's */
    Value result;
    Texts texts; /* that the function made */
    /* Both. */
    atomic_int state;
    atomic_int owners;
} Job;

#define JOB_OF(pointer, member) ((Job *)(void *)((char *)(pointer)-offsetof(Job, member)))

static void disown(Job *job)
{
    if (atomic_fetch_sub(&job->owners, 1) > 1)
        return;
    if (job->give_back)
        job->give_back(job->context);
    texts_free(&job->texts);
    gate_release(job->gate);
    memory_free(job);
}

/* -------------------------------------------------------------------------------------- the thread's side */

/* The texts of the function go with its result: the thread may end before somebody looks at it. */
static void run(PoolJob *pool_job)
{
    Job *job = JOB_OF(pool_job, pool_job);
    int queued = JOB_QUEUED;
    if (!atomic_compare_exchange_strong(&job->state, &queued, JOB_RUNNING))
        return;
    thread_prepare();
    Frame frame = {.outer = thread.root.frame, .function = job->name};
    thread.root.frame = &frame;
    thread.naps = job->naps;
    thread.job = job->number;
    job->result = job->function(job->context);
    thread.root.frame = frame.outer;
    job->texts = thread.texts;
    thread.texts = (Texts){0};
}

static void tell(PoolJob *pool_job)
{
    Job *job = JOB_OF(pool_job, pool_job);
    bool cancelled = atomic_load(&job->state) == JOB_CANCELLED;
    if (!cancelled && job->naps)
        naps_wait_for_select(job->naps);
    if (cancelled || !gate_post(job->gate, &job->call))
        disown(job);
}

/* ---------------------------------------------------------------------------------------- the loop's side */

static void link_job(Job *job)
{
    Executor *executor = job->loop->executor;
    job->next = executor->first;
    if (executor->first)
        executor->first->previous = job;
    executor->first = job;
    executor->jobs++;
    job->loop->sources++;
}

/* Its handle is queued, or never will be. */
static void unlink_job(Job *job)
{
    if (job->previous)
        job->previous->next = job->next;
    else
        job->loop->executor->first = job->next;
    if (job->next)
        job->next->previous = job->previous;
    job->next = job->previous = NULL;
    job->loop->executor->jobs--;
    job->loop->sources--;
}

/* The loop has taken the call in, or never will. */
static void handed_over(Call *call)
{
    Job *job = JOB_OF(call, call);
    if (call->handle) {
        call->handle = NULL;
        unlink_job(job);
    }
    disown(job);
}

static void destroy(Shared *shared)
{
    Job *job = (Job *)shared;
    future_release(job->future);
    disown(job);
}

/* CPython's _chain_future: what the thread gave becomes the future's. */
static void set_state(void *context)
{
    Job *job = context;
    texts_join(&job->loop->texts, &job->texts);
    if (future_done(job->future))
        return;
    callback_failed(value_failed(job->result) ? future_set_exception(job->future, job->result)
                                              : future_set_result(job->future, job->result));
}

/* One that has not begun need not begin. Its future is done, and still CPython tells it how the job ended. */
static void check_cancel(Future *future, void *context)
{
    Job *job = context;
    Handle *handle = job->call.handle;
    int queued = JOB_QUEUED;
    if (!future_cancelled(future) || !handle ||
        !atomic_compare_exchange_strong(&job->state, &queued, JOB_CANCELLED))
        return;
    job->call.handle = NULL;
    unlink_job(job);
    loop_enqueue(job->loop, handle, BY_SOON);
    loop_ring(job->loop);
}

static bool make_executor(Loop *loop, size_t most)
{
    Executor *executor = memory_allocate(sizeof *executor);
    ThreadPool *pool = executor ? thread_pool_new(most) : NULL;
    if (!pool) {
        memory_free(executor);
        return false;
    }
    *executor = (Executor){.pool = pool, .threads = most};
    loop->executor = executor;
    return true;
}

/* Of those that wait for a thread none can nap. */
int64_t executor_nap_end(const Loop *loop)
{
    const Executor *executor = loop->executor;
    if (!executor || !executor->jobs)
        return INT64_MAX;
    return naps_end(&loop->gate->naps,
                    executor->jobs < executor->threads ? executor->jobs : executor->threads);
}

/* The thread that joins the others at the end waits for jobs, too. */
bool executor_is_all(const Loop *loop)
{
    return loop->executor && loop->executor->jobs + loop->executor_shut >= loop->sources &&
           !gate_held(loop->gate);
}

void executor_close(Loop *loop)
{
    Executor *executor = loop->executor;
    if (!executor)
        return;
    while (executor->first) {
        Job *job = executor->first;
        Handle *handle = job->call.handle;
        Future *future = job->future;
        job->call.handle = NULL;
        job->future = NULL;
        unlink_job(job);
        handle_release(handle); /* it has the job */
        future_release(future);
    }
    loop->executor = NULL;
    thread_pool_close(executor->pool);
    memory_free(executor);
}

/* --------------------------------------------------------------------------------------------------- jobs */

/* Everything but the thread's own business. @return NULL when out of memory */
static Job *make_job(Loop *loop)
{
    Job *job = memory_allocate(sizeof *job);
    if (!job)
        return NULL;
    *job = (Job){.shared = {1, destroy}, .loop = loop, .gate = gate_keep(loop->gate), .owners = 1};
    job->future = future_new(loop, "wrap_future", NULL, 0);
    Handle *handle = job->future ? handle_new(loop, HANDLE_CALL, "_chain_future._set_state") : NULL;
    if (!handle)
        goto failed;
    handle->call = set_state;
    handle->context = job;
    handle->shares = true; /* the reference that it was made with */
    job->shared.references++;
    if (!future_add_shared_callback(job->future, "_chain_future._call_check_cancel", check_cancel,
                                    &job->shared)) {
        job->shared.references--;
        handle_release(handle);
        return NULL;
    }
    job->call = (Call){.handle = handle, .give_back = handed_over};
    return job;

failed:
    shared_release(&job->shared);
    return NULL;
}

/* Nobody will do it. */
static void unmake_job(Job *job)
{
    Future *future = future_keep(job->future);
    future_remove_done_callback(future, check_cancel, job);
    handle_release(job->call.handle);
    future_release(future);
}

Value executor_refuses(const Loop *loop)
{
    if (!loop || loop->closed)
        return value_exception(&RuntimeError, "Event loop is closed");
    if (loop->executor_shut)
        return value_exception(&RuntimeError, "Executor shutdown has been called");
    return NONE;
}

Future *executor_run(Loop *loop, const char *name, ThreadFunction function, void *context,
                     void (*give_back)(void *context))
{
    Job *job = NULL;
    if (!value_failed(executor_refuses(loop)) &&
        (loop->executor || make_executor(loop, thread_pool_default_size())))
        job = make_job(loop);
    if (!job) {
        if (give_back)
            give_back(context);
        return NULL;
    }
    job->name = name;
    job->function = function;
    job->context = context;
    job->give_back = give_back;
    job->pool_job = (PoolJob){.run = run, .tell = tell};
    job->number = loop->executor->numbers++;
    if (loop->clock == CLOCK_VIRTUAL) {
        job->naps = &job->gate->naps;
        naps_tell(job->naps, thread.virtual_now);
    }
    Future *future = future_keep(job->future);
    atomic_fetch_add(&job->owners, 1); /* the thread's */
    link_job(job);
    if (thread_pool_submit(loop->executor->pool, &job->pool_job))
        return future;
    unlink_job(job);
    atomic_fetch_sub(&job->owners, 1);
    unmake_job(job);
    future_release(future);
    return NULL;
}

Future *loop_run_in_executor_named(Loop *loop, const char *name, ThreadFunction function, void *context)
{
    return function ? executor_run(loop, name, function, context, NULL) : NULL;
}

Value loop_set_default_executor(Loop *loop, size_t max_workers)
{
    TRY(executor_refuses(loop));
    if (!max_workers)
        return value_exception(&ValueError, "max_workers must be greater than 0");
    if (loop->executor)
        return value_exception(&RuntimeError, "the loop has its executor already");
    return make_executor(loop, max_workers) ? NONE : value_exception(&MemoryError, "no memory for threads");
}

Value await_to_thread_named(const char *name, ThreadFunction function, void *context)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    Loop *loop = task->future.loop;
    TRY(executor_refuses(loop));
    Future *future = loop_run_in_executor_named(loop, name, function, context);
    if (!future)
        return value_exception(&MemoryError, "no memory or no thread for a job");
    Guard guard;
    guard_push(&guard, future_give_back, future);
    Frame frame = {.function = "to_thread", .file = "loop/executor.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, future);
    guard_pop(&guard);
    future_release(future);
    return outcome;
}
