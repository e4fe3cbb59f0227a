/*
 * executor_shutdown.c — shutdown_default_executor: waits until the last job has ended.
 *
 * Joining threads blocks. So a thread of its own does it, as in CPython, and tells the loop when it is done.
 */
#include "executor.h"
#include "scheduler.h"
#include "task.h"
#include "thread.h"
#include "threadsafe.h"

typedef struct Shutdown {
    Loop *loop;
    Future *future;
    ThreadPool *pool;
    Gate *gate;
    Call call;
    pthread_t thread;
} Shutdown;

static void *join(void *context)
{
    Shutdown *shutdown = context;
    thread_pool_join(shutdown->pool);
    if (shutdown->loop->clock == CLOCK_VIRTUAL)
        naps_wait_for_select(&shutdown->gate->naps);
    gate_post(shutdown->gate, &shutdown->call);
    return NULL;
}

static void handed_over(Call *call)
{
    call->handle = NULL;
}

/* Also when the wait was cancelled: threads that nobody joins would run into the program's end. Then the call
   is still in the gate, or would be; it has its turn all the same, but nobody may look at this record. */
static void give_back(void *context)
{
    Shutdown *shutdown = context;
    naps_close(&shutdown->gate->naps);
    pthread_join(shutdown->thread, NULL);
    shutdown->loop->sources--;
    if (gate_withdraw(shutdown->gate, &shutdown->call))
        loop_enqueue(shutdown->loop, shutdown->call.handle, BY_THREAD);
    else
        handle_release(shutdown->call.handle);
    future_release(shutdown->future);
    thread_pool_unkeep(shutdown->pool);
    gate_release(shutdown->gate);
}

static bool begin(Shutdown *shutdown)
{
    Loop *loop = shutdown->loop;
    Future *future = future_new(loop, "BaseEventLoop.shutdown_default_executor", NULL, 0);
    Handle *handle = future ? handle_new(loop, HANDLE_SET_PREPARED, "Future.set_result") : NULL;
    if (!handle)
        goto failed;
    handle->future = future_keep(future);
    shutdown->future = future;
    shutdown->call = (Call){.handle = handle, .give_back = handed_over};
    shutdown->pool = thread_pool_keep(loop->executor->pool);
    shutdown->gate = gate_keep(loop->gate);
    loop->sources++;
    if (thread_pool_create(&shutdown->thread, join, shutdown))
        return true;
    loop->sources--;
    gate_release(shutdown->gate);
    thread_pool_unkeep(shutdown->pool);

failed:
    handle_release(handle);
    future_release(future);
    return false;
}

Value executor_shut_down(Task *task)
{
    Loop *loop = task->future.loop;
    loop->executor_shut = true;
    if (!loop->executor)
        return NONE;
    Shutdown shutdown = {.loop = loop};
    if (!begin(&shutdown)) {
        naps_close(&loop->gate->naps);
        thread_pool_join(loop->executor->pool); /* then the loop has to stand still for it */
        return NONE;
    }
    Guard guard;
    guard_push(&guard, give_back, &shutdown);
    Value outcome = task_wait_for(task, shutdown.future);
    guard_pop(&guard);
    give_back(&shutdown);
    return outcome;
}

Value await_shutdown_default_executor(void)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    Coroutine *self = task->coroutine;
    Frame frame = {.outer = self->frame,
                   .function = "BaseEventLoop.shutdown_default_executor",
                   .file = "loop/executor_shutdown.c",
                   .line = __LINE__};
    self->frame = &frame;
    Value outcome = executor_shut_down(task);
    self->frame = frame.outer;
    return outcome;
}
