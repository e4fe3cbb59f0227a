/*
 * runner.c — asyncio.run: a new loop, main as a task, and an orderly end.
 *
 * The end is visible in every trace: what is still pending is cancelled and waited for, and then two more
 * tasks run, which in CPython close asynchronous generators and the thread pool. They are part of the count
 * of iterations and of the task names, so they are here as well.
 */
#include "coroutine.h"
#include "emit.h"
#include "gather.h"
#include "interrupt.h"
#include "scheduler.h"
#include "task.h"
#include "thread.h"

/* There are no asynchronous generators in C: nothing is left to close. */
static Value shutdown_asyncgens(Value unused)
{
    (void)unused;
    return NONE;
}
static const Frame shutdown_asyncgens_origin = {
    .function = "BaseEventLoop.shutdown_asyncgens", .file = "loop/runner.c", .line = __LINE__ - 6};

static Value shutdown_default_executor(Value unused)
{
    (void)unused;
    return executor_shut_down(task_current());
}
static const Frame shutdown_default_executor_origin = {
    .function = "BaseEventLoop.shutdown_default_executor", .file = "loop/runner.c", .line = __LINE__ - 6};

static Value run_own(Loop *loop, const Frame *origin, CoroutineFunction function)
{
    Task *task = loop_create_task(loop, coroutine_new_own(origin, function, NONE), NULL);
    if (!task)
        return value_exception(&MemoryError, "no memory for the loop's shutdown");
    Value outcome = loop_run_until_complete(loop, task_future(task));
    task_release(task);
    return outcome;
}

static void report_failures(Loop *loop, const Awaitable *tasks, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        Future *task = tasks[k].future;
        if (future_cancelled(task))
            continue;
        Value exception = future_exception(task);
        if (value_failed(exception))
            loop_report(loop, "unhandled exception during asyncio.run() shutdown", exception, task);
    }
}

static Value cancel_all_tasks(Loop *loop)
{
    size_t count = 0;
    for (Task *task = loop->first_task; task; task = task->next)
        count++;
    if (!count)
        return NONE;
    Awaitable *tasks = memory_allocate(count * sizeof *tasks);
    if (!tasks)
        return value_exception(&MemoryError, "no memory to cancel the tasks that are left");
    count = 0;
    for (Task *task = loop->first_task; task; task = task->next)
        tasks[count++] = awaitable_future(future_keep(&task->future));
    for (size_t k = 0; k < count; k++)
        future_cancel(tasks[k].future, NULL);
    Future *all;
    Value outcome = gather_begin(loop, tasks, count, true, &all);
    if (!value_failed(outcome)) {
        outcome = loop_run_until_complete(loop, all);
        future_release(all);
    }
    if (!value_failed(outcome))
        report_failures(loop, tasks, count);
    for (size_t k = 0; k < count; k++)
        future_release(tasks[k].future);
    memory_free(tasks);
    return outcome;
}

static Value shut_down(Loop *loop)
{
    TRY(cancel_all_tasks(loop));
    TRY(run_own(loop, &shutdown_asyncgens_origin, shutdown_asyncgens));
    TRY(run_own(loop, &shutdown_default_executor_origin, shutdown_default_executor));
    return NONE;
}

Value loop_run(Coroutine *main)
{
    thread_prepare();
    if (thread.running) {
        coroutine_release(main);
        return value_exception(&RuntimeError, "asyncio.run() cannot be called from a running event loop");
    }
    texts_free(&thread.run_texts);
    Loop *loop = loop_new(NULL);
    if (!loop) {
        coroutine_release(main);
        return value_exception(&MemoryError, "no memory or no descriptor for a loop");
    }
    Value result;
    Task *task = loop_create_task(loop, main, NULL);
    if (!task) {
        result = value_exception(&MemoryError, "no memory for the main task");
    } else {
        interrupt_begin(loop, task);
        result = loop_run_until_complete(loop, task_future(task));
        result = interrupt_main_over(loop, task, result);
        if (!value_is(result, &StuckError)) {
            Value outcome = shut_down(loop);
            if (value_failed(outcome))
                result = outcome;
        }
        interrupt_end(loop);
    }
    loop_close(loop);
    task_release(task);
    thread.run_texts = loop->texts; /* the result may be one of them */
    loop->texts = (Texts){0};
    loop_free(loop);
    return result;
}
