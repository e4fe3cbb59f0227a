/*
 * wait_for.c — wait_for, as 3.11 has it: a future of its own ("waiter") that the timer or the end of what is
 * awaited releases, whichever comes first. When it was the timer, what is awaited is cancelled, and waited
 * for until it has really ended.
 *
 * The timer is made before the task is, so it has the smaller number. A release that stands in the ready
 * queue when the wait is over still runs, and does nothing; hence a record that outlives the wait.
 */
#include "scheduler.h"
#include "task.h"

typedef struct Release {
    Shared shared;
    Future *waiter;
    Handle *timer; /* NULL: none */
    Future *inner; /* that ends it too; NULL until then */
} Release;

static void destroy(Shared *shared)
{
    Release *release = (Release *)shared;
    future_release(release->waiter);
    future_release(release->inner);
    handle_release(release->timer);
    memory_free(release);
}

static void on_done(Future *inner, void *context)
{
    const Release *release = context;
    (void)inner;
    if (!future_done(release->waiter))
        future_set_result(release->waiter, NONE);
}

/* Takes itself out of the inner future, and the waiter's turn is over. */
static void finish(void *context)
{
    Release *release = context;
    if (release->timer)
        handle_cancel(release->timer);
    future_remove_done_callback(release->inner, on_done, release);
    shared_release(&release->shared);
}

/* @param timeout LOOP_FOREVER: none */
static Release *release_new(Loop *loop, const char *of, Future *inner, int64_t timeout)
{
    Release *release = memory_allocate(sizeof *release);
    if (!release)
        return NULL;
    *release = (Release){.shared = {1, destroy}, .waiter = future_new(loop, of, &inner, inner ? 1 : 0)};
    if (release->waiter && timeout != LOOP_FOREVER)
        release->timer =
            handle_keep(loop_schedule(loop, clock_add(loop_time(loop), timeout), HANDLE_RELEASE_WAIT,
                                      "_release_waiter", release->waiter, NULL));
    if (release->waiter && (release->timer || timeout == LOOP_FOREVER))
        return release;
    shared_release(&release->shared);
    return NULL;
}

static bool release_by(Release *release, Future *inner)
{
    release->shared.references++;
    release->inner = future_keep(inner);
    if (future_add_shared_callback(inner, "_release_waiter", on_done, &release->shared))
        return true;
    release->shared.references--;
    return false;
}

static Value no_memory(void)
{
    return value_exception(&MemoryError, "no memory to wait for something");
}

/* Not on the future itself, which might swallow the cancel that is meant for this wait. */
static Value cancel_and_wait(Task *task, Future *inner)
{
    Release *release = release_new(task->future.loop, "_cancel_and_wait", inner, LOOP_FOREVER);
    if (!release || !release_by(release, inner)) {
        if (release)
            shared_release(&release->shared);
        future_cancel(inner, NULL);
        return no_memory();
    }
    Guard guard;
    guard_push(&guard, finish, release);
    future_cancel(inner, NULL);
    Frame frame = {.function = "_cancel_and_wait", .file = "loop/wait_for.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, release->waiter);
    guard_pop(&guard);
    finish(release);
    return outcome;
}

/* What it gives when it had to be cancelled: perhaps a result all the same, or another failure. */
static Value cancelled_result(Task *task, Future *inner)
{
    TRY(cancel_and_wait(task, inner));
    Value result = future_result(inner);
    return value_is(result, &CancelledError) ? value_exception(&TimeoutError, NULL) : result;
}

static Value wait_until_done(Task *task, Release *release)
{
    Future *inner = release->inner;
    Frame frame = {.function = "wait_for", .file = "loop/wait_for.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, release->waiter);
    if (future_done(inner))
        return future_result(inner); /* even when the wait was cancelled: that cancel is lost, as in 3.11 */
    future_remove_done_callback(inner, on_done, release);
    frame.line = __LINE__ + 2;
    frame.outer = task->coroutine->frame;
    task->coroutine->frame = &frame;
    Value ended = value_failed(outcome) ? cancel_and_wait(task, inner) : cancelled_result(task, inner);
    task->coroutine->frame = frame.outer;
    return value_failed(outcome) && !value_failed(ended) ? outcome : ended;
}

static Value wait_for_long(Task *task, Awaitable item, int64_t timeout)
{
    Release *release = release_new(task->future.loop, "wait_for", item.future, timeout);
    if (!release) {
        coroutine_give_up(item.coroutine);
        return no_memory();
    }
    Guard guard;
    guard_push(&guard, finish, release);
    Future *inner = ensure_future(item);
    bool ready = inner && release_by(release, inner);
    future_release(inner); /* the record has it now */
    Value outcome = ready ? wait_until_done(task, release) : no_memory();
    guard_pop(&guard);
    finish(release);
    return outcome;
}

static void give_back(void *inner)
{
    future_release(inner);
}

/* Not at all: then it has to be done already. A coroutine is made a task that never begins. */
static Value wait_for_nothing(Task *task, Awaitable item)
{
    Future *inner = ensure_future(item);
    if (!inner)
        return no_memory();
    Guard guard;
    guard_push(&guard, give_back, inner);
    Value outcome = future_done(inner) ? future_result(inner) : cancelled_result(task, inner);
    guard_pop(&guard);
    future_release(inner);
    return outcome;
}

Value await_wait_for(Awaitable item, int64_t timeout)
{
    Task *task = task_awaiting();
    if (!task) {
        coroutine_give_up(item.coroutine);
        return value_exception(&RuntimeError, "await outside a task");
    }
    if (!item.coroutine && !item.future)
        return future_missing();
    if (timeout != LOOP_FOREVER && item.future && item.future->loop != task->future.loop)
        return value_exception(&ValueError,
                               "The future belongs to a different loop than the one specified as "
                               "the loop argument");
    if (timeout > 0)
        return wait_for_long(task, item, timeout);
    Coroutine *self = task->coroutine;
    Frame frame = {.outer = self->frame, .function = "wait_for", .file = "loop/wait_for.c", .line = __LINE__};
    self->frame = &frame;
    Value outcome = timeout != LOOP_FOREVER ? wait_for_nothing(task, item)
                    : item.coroutine        ? await_coroutine(item.coroutine)
                                            : await_future(item.future);
    self->frame = frame.outer;
    return outcome;
}
